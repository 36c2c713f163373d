package dev.paddock.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clients that Ollama, OpenAI and Anthropic publish for JavaScript. They are installed from the npm registry, with the versions of
 * {@code src/test/node/package-lock.json}; without Node.js or the registry the tests are skipped.
 */
class NodeClientsIT {

    @BeforeEach
    void install() {
        NodeProject.assumeInstalled();
    }

    @ParameterizedTest
    @CsvSource({"ollama,stream generate", "openai,stream generate responses", "anthropic,stream"})
    void chat_wholeAndStreamed_isAnswered(String client, String streams) {
        JsonNode results = call(client, "chat " + streams);

        assertThat(results.path("chat").path("text").asText()).as("chat in %s", results).isNotBlank();
        assertThat(results.path("chat").path("tokens").asInt()).as("tokens in %s", results).isEqualTo(SimulatedGateway.TOKENS);
        assertThat(streams.split(" ")).allSatisfy(stream -> assertThat(results.path(stream).path("pieces").asInt())
                .as("pieces of %s in %s", stream, results)
                .isEqualTo(SimulatedGateway.TOKENS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "openai"})
    void embeddingsAndModels_asked_areThoseOfTheServer(String client) {
        JsonNode results = call(client, "embed models");

        assertThat(results.path("embed")).as("lengths of the vectors in %s", results)
                .extracting(JsonNode::asInt)
                .containsExactly(SimulatedGateway.DIMENSIONS, SimulatedGateway.DIMENSIONS);
        assertThat(results.path("models")).as("models in %s", results)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(SimulatedGateway.MODEL, SimulatedGateway.EMBEDDING_MODEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "openai", "anthropic"})
    void chat_modelMissing_hasTheStatusOfTheServer(String client) {
        assertThat(call(client, "missing").path("missing").asInt()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ollama", "openai", "anthropic"})
    void stream_clientLeaves_endsAtTheServer(String client) throws InterruptedException {
        // Without the cancellation this answer would take a quarter of an hour.
        try (SimulatedGateway front = SimulatedGateway.start(Duration.ofMillis(10), 100_000)) {
            assertThat(call(front, client, "left").path("left").asText()).isEqualTo("left");
            assertThat(front.server().awaitDisconnect(Duration.ofSeconds(30)))
                    .as("the gateway disconnects from the server")
                    .isTrue();
        }
    }

    private static JsonNode call(String client, String calls) {
        try (SimulatedGateway front = SimulatedGateway.start()) {
            return call(front, client, calls);
        }
    }

    private static JsonNode call(SimulatedGateway front, String client, String calls) {
        List<String> arguments =
                new ArrayList<>(List.of(front.url(), SimulatedGateway.MODEL, SimulatedGateway.EMBEDDING_MODEL));
        arguments.addAll(Arrays.asList(calls.split(" ")));
        return NodeProject.run(client + ".mjs", arguments);
    }
}
