package dev.paddock.adapters.http.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainJsonTest {

    @Test
    void parseObject_whatWasWritten_isTheSameValue() {
        for (int seed = 0; seed < 500; seed++) {
            Map<String, Object> value = object(new Random(seed), 0);
            assertThat(PlainJson.parseObject("it", PlainJson.toText(value))).as("seed %d", seed).isEqualTo(value);
        }
    }

    @Test
    void write_valueWithoutJsonForm_isRefused() {
        for (Object value : List.of(Double.NaN, Float.POSITIVE_INFINITY, Optional.empty())) {
            assertThatThrownBy(() -> JsonWriter.write(json -> json.plain("a", List.of(value))))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("without a JSON form");
        }
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> Integer.MAX_VALUE + 1L + random.nextInt(1000);
            case 4 -> random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300);
            case 5 -> text(random);
            case 6 -> {
                List<Object> list = new ArrayList<>();
                for (int count = random.nextInt(4); count > 0; count--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
            default -> object(random, depth + 1);
        };
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int count = random.nextInt(5); count > 0; count--) {
            map.put(text(random), value(random, depth));
        }
        return map;
    }

    private static String text(Random random) {
        int[] codePoints = {'a', '"', '\\', '\n', 0, 0x1f, 0x7f, 0x85, 0xe4, 0x2028, 0xfeff, 0x6f22, 0x1f600};
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(12); count > 0; count--) {
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }
}
