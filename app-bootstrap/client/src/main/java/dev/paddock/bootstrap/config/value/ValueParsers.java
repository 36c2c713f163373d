package dev.paddock.bootstrap.config.value;

import static dev.paddock.bootstrap.config.value.InvalidValueException.quote;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.sharedstate.StoreAddress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of values. */
public final class ValueParsers {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final int OLLAMA_PORT = 11_434;
    private static final int MOST_DIGITS = 12;
    private static final String NUMBER_WITH_UNIT = "[0-9]+([.][0-9]+)?([eE][+-]?[0-9]{1,2})?\\s*([a-zA-Z]*[a-zA-Z&&[^dDfF]])?";

    private ValueParsers() {}

    /** Reads a whole number between the given bounds, which are included. */
    public static ValueParser<Integer> wholeNumber(int smallest, int largest) {
        return text -> {
            if (!text.matches("[+-]?[0-9]+")) {
                throw new InvalidValueException("is " + quote(text) + ", which is not a whole number; allowed are "
                        + smallest + " to " + largest);
            }
            BigInteger number = new BigInteger(text);
            if (!isBetween(smallest, largest, number)) {
                throw new InvalidValueException("is " + quote(text) + "; allowed are " + smallest + " to " + largest);
            }
            return number.intValue();
        };
    }

    /** Reads a number that may have a fraction, written with a point. */
    public static ValueParser<Double> number(double smallest, double largest) {
        return text -> {
            if (!text.matches("[+-]?[0-9]{1,15}([.][0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")) {
                throw new InvalidValueException("is " + quote(text) + ", which is not a number" + allowed(smallest, largest));
            }
            double number = Double.parseDouble(text);
            if (number < smallest || number > largest) {
                throw new InvalidValueException("is " + quote(text) + allowed(smallest, largest));
            }
            return number;
        };
    }

    private static String allowed(double smallest, double largest) {
        return "; allowed are " + plain(smallest) + " to " + plain(largest);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /**
     * Reads a time of 1 millisecond to 24 hours, which must have a unit: HOCON would take a plain number for
     * milliseconds. The notation of ISO 8601, for example {@code PT5S}, is read, too.
     */
    public static ValueParser<Duration> duration() {
        return between(SHORTEST, "1ms");
    }

    /** Reads a time like {@link #duration}, but of a second at least. */
    public static ValueParser<Duration> seconds() {
        return between(Duration.ofSeconds(1), "1s");
    }

    private static ValueParser<Duration> between(Duration shortest, String label) {
        return text -> {
            Duration duration = durationWithUnit(text);
            if (duration.compareTo(shortest) < 0 || duration.compareTo(LONGEST) > 0) {
                throw new InvalidValueException("is " + quote(text) + "; allowed are " + label + " to 24h");
            }
            return duration;
        };
    }

    /** Reads a time like {@link #duration}, or zero, which means none. */
    public static ValueParser<Duration> durationOrNone() {
        return text -> {
            Duration duration = durationWithUnit(text);
            return duration.isZero() ? duration : duration().read(text);
        };
    }

    private static Duration durationWithUnit(String text) {
        if (!text.matches(".*[a-zA-Z]")) {
            throw new InvalidValueException(
                    "is " + quote(text) + ", a time without a unit; write for example 5s, 300ms or 2m");
        }
        return parseDuration(text);
    }

    /** Reads a number of bytes, such as {@code 8 MiB}; a plain number counts bytes. */
    public static ValueParser<Integer> bytes(int smallest, int largest) {
        return text -> Math.toIntExact(manyBytes(smallest, largest).read(text));
    }

    /** Reads a number of bytes that may be larger than an {@code int}. */
    public static ValueParser<Long> manyBytes(long smallest, long largest) {
        return text -> {
            BigInteger bytes = parseBytes(text);
            if (!isBetween(smallest, largest, bytes)) {
                throw new InvalidValueException(
                        "is " + quote(text) + "; allowed are " + smallest + " to " + largest + " bytes");
            }
            return bytes.longValue();
        };
    }

    /** Reads true, yes, on, 1 or false, no, off, 0. */
    public static ValueParser<Boolean> flag() {
        return text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new InvalidValueException("is " + quote(text)
                    + "; allowed are true, yes, on, 1 and false, no, off, 0");
        };
    }

    /** Reads the name of one of the given constants, in upper or lower case. */
    public static <E extends Enum<E>> ValueParser<E> oneOf(E[] constants) {
        return oneOf(constants, ValueParsers::label);
    }

    /** Returns the name of a constant in configuration files, for example {@code stale-connection}. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the label of one of the given constants, in upper or lower case. */
    public static <E extends Enum<E>> ValueParser<E> oneOf(E[] constants, Function<E, String> label) {
        return text -> Arrays.stream(constants)
                .filter(constant -> label.apply(constant).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> unknown(text, Arrays.stream(constants).map(label).toList()));
    }

    /** Reads any text. */
    public static ValueParser<String> text() {
        return text -> text;
    }

    /** Reads the path of a file or of a directory, which need not exist. */
    public static ValueParser<Path> path() {
        return text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException notAPath) {
                throw new InvalidValueException("is " + quote(text) + ", which cannot be the path of a file");
            }
        };
    }

    /** Reads a list, whose items are stripped and not empty. */
    public static ValueParser<List<String>> commaSeparated() {
        return text -> Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Reads one of the given names; without given names any name is accepted. */
    public static ValueParser<String> name(Collection<String> known) {
        return text -> {
            if (!known.isEmpty() && !known.contains(text)) {
                throw unknown(text, known);
            }
            return text;
        };
    }

    /**
     * Reads the base URL of a server. Without a scheme it is that of an Ollama server, as in {@code OLLAMA_HOST}: {@code http}, and port 11434
     * unless another one is named. Messages do not contain the value, because it may contain credentials.
     */
    public static ValueParser<BaseUrl> baseUrl() {
        return text -> url().read(text.contains("://") ? text : withScheme(text.strip()));
    }

    /** Reads the base URL of any server, which has a scheme. Messages do not contain the value either. */
    public static ValueParser<BaseUrl> url() {
        return text -> {
            try {
                return BaseUrl.parse(text);
            } catch (InvalidRequestException invalid) {
                throw new InvalidValueException(text.indexOf('@') < 0
                        ? "is not usable: " + invalid.getMessage()
                        : "is not usable: it seems to have credentials in it; give a key with OLLAMA_API_KEY instead");
            }
        };
    }

    /** Reads the place of a store of shared state. Messages do not contain the value, because it may contain credentials. */
    public static ValueParser<StoreAddress> storeUrl() {
        return StoreUrl::parse;
    }

    private static String withScheme(String text) {
        int slash = text.indexOf('/');
        String authority = slash < 0 ? text : text.substring(0, slash);
        boolean hasPort = authority.lastIndexOf(':') > authority.lastIndexOf(']');
        String host = authority.startsWith(":") ? "127.0.0.1" + authority : authority;
        return "http://" + host + (hasPort ? "" : ":" + OLLAMA_PORT) + text.substring(authority.length());
    }

    private static boolean isBetween(long smallest, long largest, BigInteger number) {
        return number.compareTo(BigInteger.valueOf(smallest)) >= 0
                && number.compareTo(BigInteger.valueOf(largest)) <= 0;
    }

    private static Duration parseDuration(String text) {
        try {
            Duration simple = simpleDuration(text);
            if (simple != null) {
                return simple;
            }
            return text.startsWith("P") ? Duration.parse(text) : ConfigValueFactory.fromAnyRef(text).atKey("value").getDuration("value");
        } catch (ConfigException | DateTimeException notADuration) {
            throw new InvalidValueException(
                    "is " + quote(text) + ", which is not a time; write for example 5s, 300ms or 2m");
        }
    }

    /** Returns a time that is written as most are, or null for another notation, which the library reads. */
    private static @Nullable Duration simpleDuration(String text) {
        int digits = digits(text);
        if (digits == 0) {
            return null;
        }
        ChronoUnit unit = switch (text.substring(digits)) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> null;
        };
        return unit == null ? null : Duration.of(Long.parseLong(text.substring(0, digits)), unit);
    }

    /** Returns a size that is written as most are, or null for another notation, which the library reads. */
    private static @Nullable BigInteger simpleBytes(String text) {
        int digits = digits(text);
        if (digits == 0) {
            return null;
        }
        int shift = switch (text.substring(digits).strip()) {
            case "" -> 0;
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> -1;
        };
        return shift < 0 ? null : new BigInteger(text.substring(0, digits)).shiftLeft(shift);
    }

    /** Returns the number of digits at the beginning, 0 for more than a time or a size has. */
    private static int digits(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits > MOST_DIGITS ? 0 : digits;
    }

    private static BigInteger parseBytes(String text) {
        BigInteger simple = simpleBytes(text);
        if (simple != null) {
            return simple;
        }
        try {
            if (!text.matches(NUMBER_WITH_UNIT)) { // the library also reads what Java calls a number, such as NaN
                throw notASize(text);
            }
            return ConfigValueFactory.fromAnyRef(text).atKey("value").getMemorySize("value").toBytesBigInteger();
        } catch (ConfigException notASize) {
            throw notASize(text);
        }
    }

    private static InvalidValueException notASize(String text) {
        return new InvalidValueException("is " + quote(text) + ", which is not a size; write for example 8 MiB");
    }

    private static InvalidValueException unknown(String text, Collection<String> known) {
        return new InvalidValueException("is " + quote(text) + ", which is not known; allowed are "
                + known.stream().sorted().collect(Collectors.joining(", ")));
    }
}
