package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.server.ConnectionScript;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are meant to harm whoever reads them: the gateway looks for a name in them, and for nothing else. */
@Timeout(60)
class HostileBodyIT {

    private static final int MANY = 200_000;

    /** A name, the body, and the model that the log may name, which is the one that Ollama would read. */
    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("arrays in arrays", "{\"model\":\"m\",\"x\":" + "[".repeat(MANY) + "]".repeat(MANY) + "}", "-"),
                Arguments.of("objects in objects", "{\"x\":".repeat(MANY) + "0" + "}".repeat(MANY), "-"),
                Arguments.of("nothing but beginnings", "{\"model\":\"m\",\"x\":" + "[".repeat(MANY), "-"),
                Arguments.of("a field twice", "{\"model\":\"a\",\"model\":\"b\"}", "b"),
                Arguments.of("a field twice, in other letters", "{\"model\":\"a\",\"MODEL\":\"b\"}", "b"),
                Arguments.of("a field within another", "{\"model\":\"a\",\"x\":{\"model\":\"b\"}}", "a"),
                Arguments.of("not a number", "{\"model\":\"m\",\"options\":{\"seed\":NaN}}", "-"),
                Arguments.of("a number without end", "{\"model\":\"m\",\"seed\":1" + "0".repeat(MANY) + "}", "-"),
                Arguments.of("very many messages", "{\"model\":\"m\",\"messages\":[{}" + ",{}".repeat(MANY) + "]}", "m"),
                Arguments.of("very many fields", "{\"model\":\"m\"" + ",\"a\":0".repeat(MANY) + "}", "m"),
                Arguments.of("a long name", "{\"model\":\"" + "m".repeat(10_000) + "\"}", "-"),
                Arguments.of("a name that is none", "{\"model\":{\"a\":[1]}}", "-"),
                Arguments.of("no JSON", "\u0000\u0001{[\"", "-"),
                Arguments.of("nothing", "", "-"),
                Arguments.of("a large context for ever", "{\"model\":\"m\",\"keep_alive\":-1,\"options\":{\"num_ctx\":10000000}}", "m"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void body_thatIsMeantToHarm_isPassedOnAsItIs(String name, String body, String model) throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(ConnectionScript.json("{}"))) {
            assertThat(scene.ask("POST", "/api/chat", body).status()).isEqualTo(200);

            assertThat(scene.server().requests().getFirst().body()).isEqualTo(body);
            assertThat(scene.logLine()).contains(" model=" + model + " ");
            assertThat(scene.ask("GET", "/api/tags", "").status()).as("the next request").isEqualTo(200);
        }
    }
}
