package dev.paddock.adapters.http.wire.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without the parser is what the parser reads, and what the parser refuses is left to it. */
class UsualJsonTest {

    private static final String REQUEST = """
            {"model":"llama3.2:latest", "messages":[{"role":"user","content":"Why \\"is\\" the\\n sky\\tbl\\\\ue? \u00e4\u20ac\ud83d\ude00 \\/"},
              {"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":[1,-2.50,0,10,0.000,-0],"b":null}}}]}],
              "stream":false , "options":{"temperature":0,"top_p":0.95,"seed":123456789012345678,"stop":[],"x":{}},"raw":true}""";

    private static final List<String> PIECES = List.of(
            "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "1", "-", ".", "e5", "E+1", "01", "1.", "true", "null", "nul", " ", "\n", "\u0001", "\u00e9",
            "\\u0041", "\\ud83d", "\"a\":1,", "\"model\":1,", "\"\\u006dodel\":1,", "[[[[[", "1234567890123456789", "NaN", "+", "/**/", "'", "\ufeff");

    @Test
    void readObject_usualRequest_readsIt() throws IOException {
        Map<String, Object> read = UsualJson.readObject(REQUEST.getBytes(UTF_8));

        assertThat(read).isEqualTo(CanonicalJson.parseObject(REQUEST.getBytes(UTF_8)));
        assertThat(read.keySet()).containsExactly("model", "messages", "stream", "options", "raw");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readObject_anyText_readsWhatTheParserReadsOrNothing(long seed) throws IOException {
        Random random = new Random(seed);
        int read = 0;
        for (int count = 0; count < 20_000; count++) {
            byte[] json = changed(random).getBytes(UTF_8);
            Map<String, Object> usual = UsualJson.readObject(json);
            if (usual != null) {
                assertThat(usual).as(() -> new String(json, UTF_8)).isEqualTo(parsed(json));
                read++;
            }
        }
        assertThat(read).isGreaterThan(2_000);
    }

    @Test
    void readObject_nestedOrLargeObject_leavesItToTheParser() throws IOException {
        String deep = "{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}";
        StringBuilder large = new StringBuilder("{\"x\":1");
        for (int count = 0; count < 60; count++) {
            large.append(",\"x").append(count).append("\":1");
        }

        assertThat(UsualJson.readObject(deep.getBytes(UTF_8))).isNull();
        assertThat(UsualJson.readObject(large.append('}').toString().getBytes(UTF_8))).isNull();
        assertThat(CanonicalJson.readObject(large.toString().getBytes(UTF_8))).hasSize(61);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void members_changedAtRandom_areThoseOfAMap(long seed) {
        Random random = new Random(seed);
        Map<String, Object> expected = new HashMap<>();
        MemberMap members = new MemberMap();
        for (int count = 0; count < 2_000; count++) {
            String name = "x" + random.nextInt(12);
            if (random.nextInt(3) == 0) {
                assertThat(members.remove(name)).isEqualTo(expected.remove(name));
            } else if (random.nextInt(8) == 0) {
                assertThat(members.values().removeIf(value -> value.equals(3))).isEqualTo(expected.values().removeIf(value -> value.equals(3)));
            } else {
                Object value = random.nextInt(5);
                assertThat(members.put(name, value)).isEqualTo(expected.put(name, value));
            }
            assertThat(members).isEqualTo(expected).hasSameHashCodeAs(expected);
        }
    }

    private static Map<String, Object> parsed(byte[] json) {
        try {
            return CanonicalJson.parseObject(json);
        } catch (IOException refused) {
            throw new AssertionError("the parser refuses " + new String(json, UTF_8), refused);
        }
    }

    private static String changed(Random random) {
        StringBuilder text = new StringBuilder(REQUEST);
        int changes = random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.deleteCharAt(at);
                default -> text.replace(at, at + 1, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }
}
