package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that is stopped while clients ask without a pause. */
@Timeout(60)
class DrainUnderLoadIT {

    private static final int CLIENTS = 24;
    private static final int ANSWERS_BEFORE = 500;
    private static final String STREAM = "{\"a\":1}\n{\"a\":2}\n{\"done\":true}\n";

    private final AtomicInteger answered = new AtomicInteger();

    @Test
    void drain_clientsThatAskWithoutAPause_loseNothing() throws Exception {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            for (String line : STREAM.split("(?<=\n)")) {
                connection.sendChunk(line);
            }
            connection.sendLastChunk();
        });
        try (GatewayFixture scene = GatewayFixture.of(
                script,
                Map.of(
                        "paddock.pool.connections-per-host", Integer.toString(CLIENTS),
                        "paddock.calls-at-once", "0"))) {
            CompletableFuture<List<Integer>> clients = CompletableFuture.supplyAsync(
                    () -> Parallel.run(CLIENTS, number -> askUntilTold(scene.port())));
            Eventually.await("the load", () -> answered.get() >= ANSWERS_BEFORE);

            assertThat(scene.gateway().drain()).isZero();

            int whole = clients.get(20, TimeUnit.SECONDS).stream().mapToInt(Integer::intValue).sum();
            assertThat(whole).isEqualTo(answered.get()).isGreaterThanOrEqualTo(ANSWERS_BEFORE);
            assertThat(scene.server().requests()).hasSize(whole);
            assertThat(scene.logLines(whole)).hasSize(whole).allMatch(line -> line.contains("outcome=ok"));
        }
    }

    /** Asks over one connection until an answer says that it is the last, and returns how many there were; each has to be whole. */
    private int askUntilTold(int port) {
        try (RawClient client = new RawClient(port)) {
            for (int count = 1; ; count++) {
                client.request("POST", "/api/chat", "{\"model\":\"m\"}");
                RawClient.Response answer = client.responseTo("POST");
                assertThat(answer.whole()).as("answer %d is whole", count).isTrue();
                assertThat(answer.body()).isEqualTo(STREAM);
                answered.incrementAndGet();
                if ("close".equalsIgnoreCase(answer.header("Connection"))) {
                    return count;
                }
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
