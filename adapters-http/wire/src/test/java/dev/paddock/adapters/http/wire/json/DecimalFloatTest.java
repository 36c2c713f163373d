package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalFloatTest {

    private final SplittableRandom random = new SplittableRandom(20_260_801);
    private final DecimalFloat decimal = new DecimalFloat();

    @Test
    void read_printedFloats_hasTheirBits() {
        compare(150_000, () -> plain(Float.toString(anyFloat())));
        compare(60_000, () -> plain(Float.toString((float) random.nextGaussian() / 28)));
    }

    @Test
    void read_printedDoubles_isRoundedOnce() {
        compare(60_000, () -> Double.toString(random.nextDouble(-2, 2)));
        compare(60_000, () -> Double.toString(anyFloat() * (1 + random.nextDouble() * 1e-7)));
    }

    @Test
    void read_randomDigits_isParsedFloat() {
        compare(150_000, () -> sign() + digits(1, 5) + "." + digits(1, 17));
        compare(80_000, () -> sign() + digits(9, 25) + exponent(60));
        compare(80_000, () -> sign() + "0." + digits(9, 25) + exponent(50));
        compare(40_000, () -> sign() + digits(1, 30));
        compare(40_000, () -> sign() + "0." + "0".repeat(random.nextInt(20)) + digits(1, 12));
    }

    @Test
    void read_middlesOfFloats_areRoundedToTheRightSide() {
        compare(20_000, () -> besides(middle(anyFloat())));
        compare(20_000, () -> besides(middle(random.nextFloat(1e-3f, 2f)).round(new MathContext(17))));
        compare(20_000, () -> besides(middle(random.nextFloat(1e-3f, 2f)).round(new MathContext(16))));
        compare(20_000, () -> besides(middle(random.nextInt(1 << 24, 1 << 30))));
    }

    @Test
    void read_subnormalsAndOverflow_isParsedFloat() {
        compare(15_000, () -> Float.toString(Float.intBitsToFloat(random.nextInt(1 << 23))));
        compare(15_000, () -> besides(middle(Float.intBitsToFloat(random.nextInt(1 << 23)))));
        compare(15_000, () -> sign() + digits(1, 9) + "e" + random.nextInt(-60, -30));
        compare(15_000, () -> sign() + digits(1, 9) + "E+" + random.nextInt(28, 45));
        BigDecimal largest = new BigDecimal(Float.MAX_VALUE);
        compare(1_000, () -> besides(largest.add(new BigDecimal(Math.ulp(Float.MAX_VALUE) / 2))));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0", "-0", "-0.0", "0e5", "-0e-9", "1", "-1", "10", "1e0", "1E+2", "1e-05", "1.0e22", "1e23", "1e-22", "1e-23",
        "9007199254740992", "9007199254740993", "9007199254740994", "16777217", "16777217.0000000001", "123456789.5",
        "999999999999999999", "1000000000000000000", "9223372036854775808", "0.000000000000000000000001",
        "1e9999", "1e99999", "1e-99999", "1e2147483648", "1e-4294967297", "1e18446744073709551617", "0.1e00000001",
        "12345678", "0.12345678", "0.123456789", "0.1234567", "0.1234567812345678", "0.12345678123456781"
    })
    void read_edges_isParsedFloat(String text) {
        assertSame(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "-", "+1", "01", "-01", "00", ".5", "-.5", "1.", "1.e5", "1e", "1e+", "1e-", "1ee5", "1.-5", "--1", "NaN",
        "Infinity", "0x10", "e5", "1.:", "1./"
    })
    void read_noNumberOrNotToTheEnd_saysSo(String text) {
        assertThat(decimal.read(padded(text, ','), 0)).isNotEqualTo(text.length());
    }

    @Test
    void read_otherBytes_stopTheDigits() {
        for (int other = Byte.MIN_VALUE; other <= Byte.MAX_VALUE; other++) {
            boolean continues = Character.isDigit(other) || other == 'e' || other == 'E';
            for (int place = 0; place < 17 && !continues; place++) {
                String text = "0.1" + "2".repeat(place);
                assertThat(decimal.read(padded(text, (char) (other & 0xFF)), 0)).isEqualTo(text.length());
                assertThat(decimal.value()).isEqualTo(Float.parseFloat(text));
            }
        }
    }

    private void compare(int count, Supplier<String> texts) {
        for (int i = 0; i < count; i++) {
            assertSame(texts.get());
        }
    }

    private void assertSame(String text) {
        int end = decimal.read(padded(text, (char) 0), 0);
        int expected = Float.floatToRawIntBits(Float.parseFloat(text));
        if (end != text.length() || Float.floatToRawIntBits(decimal.value()) != expected) {
            throw new AssertionError(text + " was read as " + decimal.value() + " up to " + end);
        }
    }

    /** Returns a number with other digits behind it, which must not count. */
    private static byte[] padded(String text, char next) {
        byte[] bytes = (text + next).getBytes(ISO_8859_1);
        byte[] padded = Arrays.copyOf(bytes, bytes.length + 8);
        Arrays.fill(padded, bytes.length, padded.length, (byte) '7');
        return padded;
    }

    private float anyFloat() {
        float number = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(number) ? number : 1;
    }

    private static BigDecimal middle(float number) {
        float next = Math.abs(number) < Float.MAX_VALUE ? Math.nextUp(number) : number;
        return new BigDecimal(number).add(new BigDecimal(next)).divide(BigDecimal.TWO);
    }

    /** Returns a number, or one that differs in its last digit or has one more. */
    private String besides(BigDecimal number) {
        BigDecimal beside = switch (random.nextInt(5)) {
            case 0 -> number.add(number.ulp());
            case 1 -> number.subtract(number.ulp());
            case 2 -> number.add(number.ulp().movePointLeft(1));
            case 3 -> number.subtract(number.ulp().movePointLeft(1));
            default -> number;
        };
        return beside.precision() < 60 && random.nextBoolean() ? beside.toPlainString() : beside.toString();
    }

    /** Float.toString writes 1.0E-5 where Go writes 1e-05: both are numbers of JSON. */
    private String plain(String text) {
        return random.nextBoolean() ? text : text.replace(".0E", "E").replace("E-", "e-0");
    }

    private String sign() {
        return random.nextBoolean() ? "-" : "";
    }

    private String exponent(int largest) {
        return random.nextInt(3) == 0 ? "" : "e" + random.nextInt(-largest, largest);
    }

    private String digits(int fewest, int most) {
        StringBuilder digits = new StringBuilder().append((char) random.nextInt('1', '9' + 1));
        for (int left = random.nextInt(fewest, most + 1) - 1; left > 0; left--) {
            digits.append((char) random.nextInt('0', '9' + 1));
        }
        return digits.toString();
    }
}
