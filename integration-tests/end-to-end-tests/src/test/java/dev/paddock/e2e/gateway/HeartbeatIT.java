package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send heartbeats while they read a prompt, or for ever, have the same limits in the library and in the gateway. */
@Timeout(60)
class HeartbeatIT {

    private static final String GAP = "paddock.timeouts.frame-gap";
    private static final String READ = "paddock.timeouts.read";
    private static final String REQUEST = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
    private static final String EVENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String UNFINISHED = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";

    /** The head comes at once; the first event takes longer than the gap between frames. */
    private static final ConnectionScript LONG_PROMPT = ConnectionScript.forEachRequest(connection -> {
        connection.sendChunkedHead("text/event-stream");
        for (int ping = 0; ping < 30; ping++) {
            connection.sendChunk(": ping\n\n");
            connection.pause(Duration.ofMillis(20));
        }
        connection.sendChunk(EVENT + "data: [DONE]\n\n");
        connection.sendLastChunk();
    });

    @Test
    void chatStream_longPromptBehindHeartbeats_succeeds() throws IOException {
        Map<String, String> shortGap = Map.of(GAP, "200ms");
        try (GatewayFixture gateway = GatewayFixture.of(LONG_PROMPT, shortGap);
                Paddock client = client(gateway, shortGap);
                ResponseStream<ChatChunk> stream = client.llm().chatStream(ChatRequest.of("m", "hi"))) {
            assertThat(stream.next().text()).isEqualTo("Hello");

            RawClient.Response relayed = gateway.ask("POST", "/v1/chat/completions", REQUEST);

            assertThat(relayed.status()).isEqualTo(200);
            assertThat(relayed.whole()).isTrue();
            assertThat(relayed.body()).endsWith(EVENT + "data: [DONE]\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {": ping\n\n", "event: ping\ndata: {\"type\": \"ping\"}\n\n", "data: null\n\n"})
    void chatStream_heartbeatsForEverAfterTheFirstFrame_timesOut(String heartbeat) throws IOException {
        Map<String, String> shortGap = Map.of(GAP, "300ms");
        try (GatewayFixture gateway = GatewayFixture.of(forEver(UNFINISHED, heartbeat), shortGap);
                Paddock client = client(gateway, shortGap);
                ResponseStream<ChatChunk> stream = client.llm().chatStream(ChatRequest.of("m", "hi"))) {
            assertThat(stream.next().text()).isEqualTo("Hel");
            assertThat(catchThrowableOfType(LlmTimeoutException.class, stream::next).phase()).isEqualTo(CallPhase.BODY);

            RawClient.Response relayed = gateway.ask("POST", "/v1/chat/completions", REQUEST);

            assertThat(relayed.status()).isEqualTo(200);
            assertThat(relayed.whole()).isFalse();
            assertThat(relayed.body()).startsWith(UNFINISHED).contains("took too long");
        }
    }

    @Test
    void chatStream_heartbeatsForEverBeforeTheFirstFrame_timesOutByTheLimitOfTheHead() throws IOException {
        Map<String, String> shortHead = Map.of(READ, "2s");
        try (GatewayFixture gateway = GatewayFixture.of(forEver("", ": ping\n\n"), shortHead);
                Paddock client = client(gateway, shortHead)) {
            LlmTimeoutException failure = catchThrowableOfType(
                    LlmTimeoutException.class, () -> client.llm().chatStream(ChatRequest.of("m", "hi")).next());
            assertThat(failure.phase()).isEqualTo(CallPhase.BODY);
            assertThat(failure.limit()).isEqualTo(Duration.ofSeconds(2));

            assertThat(gateway.ask("POST", "/v1/chat/completions", REQUEST).status()).isEqualTo(504);
        }
    }

    private static ConnectionScript forEver(String first, String heartbeat) {
        return connection -> {
            connection.readRequest();
            connection.sendChunkedHead("text/event-stream");
            if (!first.isEmpty()) {
                connection.sendChunk(first);
            }
            sendForEver(connection, heartbeat);
        };
    }

    private static void sendForEver(ScriptedConnection connection, String heartbeat) throws IOException {
        while (true) {
            connection.sendChunk(heartbeat);
            connection.pause(Duration.ofMillis(20));
        }
    }

    /** Returns a client of the same server, without the gateway. */
    private static Paddock client(GatewayFixture gateway, Map<String, String> settings) {
        return Paddock.start(ConfigurationLoader.ofDefaults()
                .withEnvironment(Map.of("OLLAMA_BASE_URL", gateway.server().baseUrl()))
                .withOverrides("the test", settings)
                .withOverrides("the dialect", Map.of("paddock.dialect", "openai", "paddock.retry.max-retries", "0")));
    }
}
