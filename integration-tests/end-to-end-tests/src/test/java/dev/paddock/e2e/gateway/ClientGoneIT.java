package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the server's work when its client leaves, or reads slowly. */
@Timeout(60)
class ClientGoneIT {

    private static final String CHUNK = "{\"message\":{\"content\":\"" + "x".repeat(16_000) + "\"}}\n";

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientLeaves_whileAModelIsLoading_stopsTheServer(boolean byReset) throws Exception {
        ConnectionScript loading = connection -> {
            connection.readRequest();
            seen.add("loading");
            connection.awaitDisconnect();
            seen.add("stopped");
        };
        try (GatewayFixture scene = GatewayFixture.of(loading);
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{\"model\":\"m\"}");
            assertThat(next()).isEqualTo("loading");
            leave(client, byReset);

            assertThat(next()).isEqualTo("stopped");
            assertThat(scene.logLine()).contains("model=m status=- outcome=client_gone bytes=0");
            Eventually.await("no connection is leased", () -> leased(scene) == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientLeaves_inTheMiddleOfAStream_stopsTheServer(boolean byReset) throws Exception {
        ConnectionScript streaming = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{\"a\":1}\n");
            connection.awaitDisconnect();
            seen.add("stopped");
        };
        try (GatewayFixture scene = GatewayFixture.of(streaming);
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{}");
            client.head();
            leave(client, byReset);

            assertThat(next()).isEqualTo("stopped");
            assertThat(scene.logLine()).contains("status=200 outcome=client_gone");
        }
    }

    @Test
    void frames_areSentAsTheyCome() throws Exception {
        BlockingQueue<String> go = new LinkedBlockingQueue<>();
        ConnectionScript oneByOne = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            for (int index = 0; index < 3; index++) {
                connection.sendChunk("{\"a\":" + index + "}\n");
                take(go);
            }
            connection.sendChunk("{\"done\":true}\n");
            connection.sendLastChunk();
            connection.awaitDisconnect();
        };
        try (GatewayFixture scene = GatewayFixture.of(oneByOne);
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{}");
            client.head();
            for (int index = 0; index < 3; index++) {
                assertThat(new String(client.readBytes(13), UTF_8))
                        .isEqualTo("8\r\n{\"a\":" + index + "}\n\r\n");
                go.add("on");
            }
            assertThat(new String(client.readBytes(24), UTF_8))
                    .isEqualTo("e\r\n{\"done\":true}\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void slowReader_slowsTheServerAndGetsEverything() throws Exception {
        int chunks = 4_000; // 64 MB
        AtomicLong sent = new AtomicLong();
        ConnectionScript generous = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            for (int index = 0; index < chunks; index++) {
                connection.sendChunk(CHUNK);
                sent.incrementAndGet();
            }
            connection.sendChunk("{\"done\":true}\n");
            connection.sendLastChunk();
            connection.awaitDisconnect();
        };
        try (GatewayFixture scene = GatewayFixture.of(generous);
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{}");
            RawClient.Head head = client.head();
            Eventually.await("the server stands still", new StandsStill(sent));
            assertThat(sent.get()).isLessThan(chunks / 2);

            RawClient.Response answer = client.body(head);

            assertThat(answer.whole()).isTrue();
            assertThat(answer.bytes()).hasSize(chunks * CHUNK.length() + 14);
        }
    }

    private String next() throws InterruptedException {
        return seen.poll(10, TimeUnit.SECONDS);
    }

    private static void leave(RawClient client, boolean byReset) throws IOException {
        if (byReset) {
            client.reset();
        } else {
            client.close();
        }
    }

    private static int leased(GatewayFixture scene) {
        return scene.paddock().pool().pools().getFirst().usage().leased();
    }

    private static void take(BlockingQueue<String> queue) throws IOException {
        try {
            if (queue.poll(20, TimeUnit.SECONDS) == null) {
                throw new IOException("nobody read");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    /** Whether a number has not changed for a second. */
    private static final class StandsStill implements BooleanSupplier {

        private final AtomicLong number;
        private long last = -1;
        private long since;

        StandsStill(AtomicLong number) {
            this.number = number;
        }

        @Override
        public boolean getAsBoolean() {
            long now = System.nanoTime();
            long current = number.get();
            if (current != last) {
                last = current;
                since = now;
            }
            return current > 0 && now - since > TimeUnit.SECONDS.toNanos(1);
        }
    }
}
