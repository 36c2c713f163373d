package dev.paddock.adapters.http.wire.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.document.CanonicalJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of the canonical form, for random values that are written in random ways. */
class CanonicalJsonTest {

    private static final int VALUES = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void write_anyWayOfWriting_hasOneForm(long seed) throws IOException {
        Random random = new Random(seed);
        for (int count = 0; count < VALUES; count++) {
            Object value = object(random, 3);

            assertThat(form(text(value, random))).isEqualTo(form(text(value, random)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void write_differentValues_haveDifferentForms(long seed) throws IOException {
        Random random = new Random(seed);
        Map<Object, String> seen = new HashMap<>(); // the text of each form
        for (int count = 0; count < VALUES; count++) {
            Map<String, Object> value = object(random, 2);
            String text = text(value, random);
            Object before = seen.putIfAbsent(List.of(box(form(text))), text);

            if (before != null) {
                assertThat(CanonicalJson.readObject(text.getBytes(UTF_8)))
                        .isEqualTo(CanonicalJson.readObject(before.toString().getBytes(UTF_8)));
            }
            Map<String, Object> changed = new LinkedHashMap<>(value);
            changed.put("x" + random.nextInt(3), leaf(random));
            boolean same = normalised(changed).equals(normalised(value));
            assertThat(java.util.Arrays.equals(form(text(changed, random)), form(text))).isEqualTo(same);
        }
    }

    private static List<Byte> box(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte next : bytes) {
            list.add(next);
        }
        return list;
    }

    private static Object normalised(Object value) {
        return switch (value) {
            case BigDecimal number -> number.stripTrailingZeros();
            case List<?> list -> list.stream().map(CanonicalJsonTest::normalised).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new HashMap<>();
                map.forEach((name, member) -> copy.put(name, normalised(member)));
                yield copy;
            }
            default -> value;
        };
    }

    private static byte[] form(String json) throws IOException {
        return CanonicalJson.form(CanonicalJson.readObject(json.getBytes(UTF_8)));
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        int size = random.nextInt(5);
        for (int count = 0; count < size; count++) {
            members.put("x" + random.nextInt(8), value(random, depth));
        }
        return members;
    }

    private static Object value(Random random, int depth) {
        return switch (depth == 0 ? 2 : random.nextInt(4)) {
            case 0 -> object(random, depth - 1);
            case 1 -> {
                List<Object> list = new ArrayList<>();
                int size = random.nextInt(4);
                for (int count = 0; count < size; count++) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
            default -> leaf(random);
        };
    }

    private static Object leaf(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextBoolean();
            case 1 -> BigDecimal.valueOf(random.nextInt(20) - 10, random.nextInt(5) - 2);
            case 2 -> List.of("", "a", "1", "\u00e9", "e\u0301", "\ud83d\ude00", "a\"\\/\n").get(random.nextInt(7));
            default -> "null"; // the text
        };
    }

    private static String text(Object value, Random random) {
        String blank = List.of("", " ", "\n\t").get(random.nextInt(3));
        return switch (value) {
            case Map<?, ?> map -> {
                List<String> members = new ArrayList<>();
                map.forEach((name, member) ->
                        members.add(blank + text(name, random) + blank + ":" + text(member, random) + blank));
                Collections.shuffle(members, random);
                yield "{" + String.join(",", members) + "}";
            }
            case List<?> list -> "[" + String.join(",", list.stream().map(element -> text(element, random)).toList()) + blank + "]";
            case BigDecimal number -> switch (random.nextInt(3)) {
                case 0 -> number.toPlainString();
                case 1 -> number.unscaledValue() + "e" + -number.scale();
                default -> number.setScale(Math.max(number.scale(), 0) + 2).toPlainString();
            };
            case String characters -> quoted(characters, random);
            default -> value.toString();
        };
    }

    private static String quoted(String text, Random random) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            boolean mustEscape = character < ' ' || character == '"' || character == '\\';
            if (mustEscape || (!Character.isSurrogate((char) character) && random.nextInt(3) == 0)) {
                quoted.append(String.format("\\u%04x", character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
