package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests that begin on the event loop of their client, which is so over {@code netty} when there is an idle connection: what has to wait
 * does not hold up the loop, and ends as it does in a thread.
 */
@Timeout(60)
class BegunRequestIT {

    private static final String CHAT = "{\"model\":\"m\"}";
    private static final String ANSWER = "{\"message\":{\"content\":\"hi\"},\"done\":true}";

    private final AtomicInteger requests = new AtomicInteger();
    private final Semaphore go = new Semaphore(0);

    /** What a server does with the request of a number; the first one only opens the connection. */
    private interface Reply {

        void play(int number, ScriptedConnection connection) throws IOException;
    }

    private GatewayFixture start(Reply reply, String... settings) throws IOException {
        Map<String, String> overrides = new HashMap<>(Map.of("paddock.transport", "netty"));
        for (int index = 0; index < settings.length; index += 2) {
            overrides.put(settings[index], settings[index + 1]);
        }
        GatewayFixture scene = GatewayFixture.of(
                ConnectionScript.forEachRequest(connection -> {
                    int number = requests.incrementAndGet();
                    if (number == 1) {
                        answer(connection);
                    } else {
                        reply.play(number, connection);
                    }
                }),
                overrides);
        assertThat(scene.ask("POST", "/api/chat", CHAT).status()).isEqualTo(200);
        Eventually.await("the connection is idle", () -> scene.paddock().pool().pools().getFirst().usage().leased() == 0);
        return scene;
    }

    private static void answer(ScriptedConnection connection) throws IOException {
        connection.sendResponse("200 OK", "application/json", ANSWER);
    }

    /** The first piece is half a frame, or a heartbeat that is no answer yet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"message\":|{\"content\":\"hi\"}}", "null|{\"message\":{\"content\":\"hi\"}}"})
    void firstFrameComesInPieces_otherRequestsOfTheLoopAreAnswered(String first, String second) throws IOException {
        String beginning = first.equals("null") ? "null\n" : first;
        try (GatewayFixture scene = start((number, connection) -> {
                    if (number == 2) {
                        connection.sendChunkedHead("application/x-ndjson");
                        connection.sendChunk(beginning);
                        go.acquireUninterruptibly();
                        connection.sendChunk(second + "\n");
                        connection.sendChunk("{\"done\":true}\n");
                        connection.sendLastChunk();
                    } else {
                        answer(connection);
                    }
                });
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{\"model\":\"m\",\"stream\":true}");
            Eventually.await("the second request arrives", () -> requests.get() == 2);

            assertOthersAreAnswered(scene);

            go.release();
            RawClient.Response answer = client.responseTo("POST");
            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(beginning + second + "\n{\"done\":true}\n");
        }
    }

    @Test
    void serverIsBusyOnce_isAskedAgain() throws IOException {
        try (GatewayFixture scene = start(
                (number, connection) -> {
                    if (number == 2) {
                        connection.sendResponse("503 Service Unavailable", "application/json", "{\"error\":\"busy\"}");
                    } else {
                        answer(connection);
                    }
                },
                "paddock.retry.max-retries", "2")) {
            RawClient.Response answer = scene.ask("POST", "/api/chat", CHAT);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(ANSWER);
            assertThat(scene.logLines(2).getLast()).contains("outcome=ok", "attempts=2");
        }
    }

    @Test
    void streamWasNotAskedFor_isAssembledWhileOtherRequestsOfTheLoopAreAnswered() throws IOException {
        try (GatewayFixture scene = start((number, connection) -> {
                    if (number > 2) {
                        answer(connection);
                        return;
                    }
                    connection.sendChunkedHead("application/x-ndjson");
                    connection.sendChunk("{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"h\"},\"done\":false}\n");
                    go.acquireUninterruptibly();
                    connection.sendChunk("{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"i\"},\"done\":true}\n");
                    connection.sendLastChunk();
                });
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{\"model\":\"m\",\"stream\":false}");
            Eventually.await("the second request arrives", () -> requests.get() == 2);
            assertOthersAreAnswered(scene);

            go.release();
            RawClient.Response answer = client.responseTo("POST");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"content\":\"hi\"");
        }
    }

    /** Over each event loop. */
    private static void assertOthersAreAnswered(GatewayFixture scene) throws IOException {
        for (int count = 0; count < 8; count++) {
            assertThat(scene.ask("POST", "/api/chat", CHAT).status()).isEqualTo(200);
        }
    }

    @Test
    void allConnectionsAreInUse_waitsInTheQueueOfThePool() throws IOException {
        try (GatewayFixture scene = start(
                (number, connection) -> {
                    if (number == 2) {
                        go.acquireUninterruptibly();
                    }
                    answer(connection);
                },
                "paddock.pool.connections-per-host", "1",
                "paddock.pool.when-full", "wait")) {
            Future<RawClient.Response> first = Parallel.start(() -> scene.ask("POST", "/api/chat", CHAT));
            Eventually.await("the second request arrives", () -> requests.get() == 2);
            Future<RawClient.Response> second = Parallel.start(() -> scene.ask("POST", "/api/chat", CHAT));
            Eventually.await("it waits", () -> scene.paddock().pool().pools().getFirst().usage().pending() == 1);

            go.release();

            assertThat(Parallel.resultOf(first).status()).isEqualTo(200);
            assertThat(Parallel.resultOf(second).status()).isEqualTo(200);
            assertThat(scene.server().accepted()).as("connections").isEqualTo(1);
        }
    }

    @Test
    void noConnectionBecomesFree_isRefusedInTime() throws IOException {
        try (GatewayFixture scene = start(
                (number, connection) -> connection.awaitDisconnect(),
                "paddock.pool.connections-per-host", "1",
                "paddock.pool.when-full", "wait",
                "paddock.pool.lease-timeout", "50ms");
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", CHAT);
            Eventually.await("the second request arrives", () -> requests.get() == 2);

            assertThat(scene.ask("POST", "/api/chat", CHAT).status()).isEqualTo(503);
            assertThat(scene.paddock().pool().pools().getFirst().usage().pending()).isZero();
        }
    }

    @Test
    void clientLeaves_whileItsAnswerIsAwaited_stopsTheServer() throws IOException {
        Semaphore stopped = new Semaphore(0);
        try (GatewayFixture scene = start((number, connection) -> {
            connection.awaitDisconnect();
            stopped.release();
        })) {
            try (RawClient client = new RawClient(scene.port())) {
                client.request("POST", "/api/chat", CHAT);
                Eventually.await("the second request arrives", () -> requests.get() == 2);
            }
            stopped.acquireUninterruptibly();
            assertThat(scene.logLines(2).getLast()).contains("outcome=client_gone");
            Eventually.await("no connection is leased", () -> scene.paddock().pool().pools().getFirst().usage().leased() == 0);
        }
    }

    @Test
    void serverEndsTheAnswerInTheMiddle_isToldInTheProtocol() throws IOException {
        try (GatewayFixture scene = start((number, connection) -> {
                    connection.sendChunkedHead("application/x-ndjson");
                    connection.sendChunk("{\"message\":{\"content\":\"h\"}}\n");
                    go.acquireUninterruptibly();
                    throw new IOException("broken off");
                });
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", "{\"model\":\"m\",\"stream\":true}");
            RawClient.Head head = client.head();
            go.release();
            RawClient.Response answer = client.body(head);

            assertThat(answer.whole()).isFalse();
            assertThat(answer.body()).startsWith("{\"message\":{\"content\":\"h\"}}\n{\"error\":\"the ");
        }
    }
}
