package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a gateway stops. */
@Timeout(60)
class DrainIT {

    @Test
    void drain_streamThatEndsInTime_isWhole() throws Exception {
        CountDownLatch draining = new CountDownLatch(1);
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{\"a\":1}\n");
            await(draining);
            connection.sendChunk("{\"done\":true}\n");
            connection.sendLastChunk();
            connection.awaitDisconnect();
        };
        try (GatewayFixture scene = GatewayFixture.of(script);
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{}");
            RawClient.Head head = client.head();
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(scene.gateway()::drain);
            Eventually.await("no connection is accepted", () -> isRefused(scene.port()));
            draining.countDown();

            RawClient.Response answer = client.body(head);

            assertThat(answer.body()).isEqualTo("{\"a\":1}\n{\"done\":true}\n");
            assertThat(answer.whole()).isTrue();
            assertThat(cut.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void drain_streamThatDoesNotEnd_isToldAndCut() throws Exception {
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{\"a\":1}\n");
            connection.awaitDisconnect();
        };
        try (GatewayFixture scene = GatewayFixture.of(script, settings -> settings.withDrainTimeout(Duration.ZERO));
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{}");
            RawClient.Head head = client.head();

            assertThat(scene.gateway().drain()).isEqualTo(1);

            RawClient.Response answer = client.body(head);
            assertThat(answer.body()).isEqualTo("{\"a\":1}\n{\"error\":\"the gateway is shutting down\"}\n");
            assertThat(answer.whole()).isFalse();
            assertThat(scene.logLine()).contains("status=200 outcome=cancelled");
        }
    }

    @Test
    void drain_requestWithoutAnAnswerYet_isToldToComeAgain() throws Exception {
        ConnectionScript silent = connection -> {
            connection.readRequest();
            connection.awaitDisconnect();
        };
        try (GatewayFixture scene = GatewayFixture.of(silent, settings -> settings.withDrainTimeout(Duration.ZERO));
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/v1/messages", "{}");
            Eventually.await("the request arrives", () -> !scene.server().requests().isEmpty());

            assertThat(scene.gateway().drain()).isEqualTo(1);

            RawClient.Response answer = client.responseTo("POST");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotNull();
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
            assertThat(answer.body()).contains("\"overloaded_error\"");
        }
    }

    private static boolean isRefused(int port) {
        try {
            new RawClient(port).close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("nobody came");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
