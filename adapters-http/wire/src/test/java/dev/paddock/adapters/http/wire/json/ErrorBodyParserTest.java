package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorBodyParserTest {

    private static final String FALLBACK = "nothing said";

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("{\"error\":\"model 'x' not found\"}", "model 'x' not found"),
                Arguments.of("{\"StatusCode\":429,\"Status\":\"429 x\",\"error\":\"slow down\"}", "slow down"),
                Arguments.of("{\"error\":{\"message\":\"boom\",\"type\":\"api_error\",\"param\":null}}", "boom"),
                Arguments.of(
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}", "busy"),
                Arguments.of("{\"error\":\"{\\\"error\\\":{\\\"code\\\":500,\\\"message\\\":\\\"inner\\\"}}\"}",
                        "inner"),
                Arguments.of("{\"error\":\"{not json\"}", "{not json"),
                Arguments.of("{\"detail\":\"Not Found\"}", "Not Found"),
                Arguments.of("{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"field required\"}]}", "field required"),
                Arguments.of("{\"object\":\"error\",\"message\":\"too long\",\"code\":400}", "too long"),
                Arguments.of("{\"error\":{\"type\":\"api_error\"}}", "api_error"),
                Arguments.of("\"just text\"", "just text"),
                Arguments.of("404 page not found", "404 page not found"),
                Arguments.of("  two\r\n\tlines \u0007 here ", "two lines here"),
                Arguments.of("\u001b[31mred\u001b[0m \u202Etxt", "[31mred [0m txt"),
                Arguments.of(
                        "<!DOCTYPE html><html><head><TITLE>\n502 Bad Gateway</TITLE></head>...",
                        "an HTML page with the title '502 Bad Gateway'"),
                Arguments.of("<html>no title</html>", FALLBACK),
                Arguments.of("", FALLBACK),
                Arguments.of(" \n", FALLBACK),
                Arguments.of("{}", FALLBACK),
                Arguments.of("{\"error\":\"\"}", FALLBACK),
                Arguments.of("{\"error\":null,\"model\":\"m\"}", FALLBACK),
                Arguments.of("{\"model\":\"m\",\"content\":\"answer\"}", FALLBACK));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void message_anyBody_isTheServersWords(String body, String expected) {
        assertThat(ErrorBodyParser.message(body.getBytes(UTF_8), FALLBACK)).isEqualTo(expected);
    }

    @Test
    void message_longText_isCut() {
        String message = ErrorBodyParser.message(("{\"error\":\"" + "\uD83D\uDE00".repeat(1000) + "\"}")
                .getBytes(UTF_8), FALLBACK);

        assertThat(message).hasSizeBetween(490, 500).endsWith("...");
        assertThat(message.codePoints().limit(200)).containsOnly(0x1F600);
    }

    @Test
    void message_hugeOrDeepBody_isHandled() {
        assertThat(ErrorBodyParser.message("x".repeat(10 << 20).getBytes(UTF_8), FALLBACK)).hasSize(500);
        assertThat(ErrorBodyParser.message(("{\"error\":" + "[".repeat(10_000)).getBytes(UTF_8), FALLBACK)).hasSize(500);
        assertThat(ErrorBodyParser.message("{\"error\":".repeat(100).concat("1" + "}".repeat(100)).getBytes(UTF_8), FALLBACK))
                .isEqualTo(FALLBACK);
    }

    @Test
    void message_randomBytes_neverThrows() {
        Random random = new Random(1);
        byte[] seed = "{\"error\":{\"message\":\"b\\u00e4\"},\"a\":[1,2.5e3,null,true]}".getBytes(UTF_8);
        for (int round = 0; round < 1000; round++) {
            byte[] body = seed.clone();
            for (int change = 0; change < 1 + round % 5; change++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            assertThat(ErrorBodyParser.message(body, FALLBACK)).isNotEmpty();
        }
    }
}
