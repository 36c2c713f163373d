package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the cache has no answer for, begun on the event loop of their client: their answers are recorded there. */
@Timeout(60)
class BegunMissIT {

    private static final String QUESTION = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"stream\":%s,"
            + "\"options\":{\"temperature\":0}}";
    private static final String BEGINNING = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":";
    private static final String END = "\"hi\"},\"done\":true,\"done_reason\":\"stop\"}";

    private final AtomicInteger requests = new AtomicInteger();
    private final Semaphore go = new Semaphore(0);
    private final Semaphore stopped = new Semaphore(0);

    /** How the server answers its second request; the first one only opens the connection. */
    private interface Reply {

        void play(ScriptedConnection connection) throws IOException;
    }

    private GatewayFixture start(Reply second) throws IOException {
        GatewayFixture scene = GatewayFixture.of(
                ConnectionScript.forEachRequest(connection -> {
                    if (requests.incrementAndGet() == 2) {
                        second.play(connection);
                    } else {
                        connection.sendResponse("200 OK", "application/json", BEGINNING + END);
                    }
                }),
                Map.of("paddock.transport", "netty", "paddock.cache.enabled", "true", "paddock.cache.models.version", "name"));
        assertThat(ask(scene, "first", false).header("X-Cache")).isEqualTo("MISS");
        Eventually.await("the connection is idle", () -> scene.paddock().pool().pools().getFirst().usage().leased() == 0);
        return scene;
    }

    private static RawClient.Response ask(GatewayFixture scene, String question, boolean stream) throws IOException {
        return scene.ask("POST", "/api/chat", QUESTION.formatted(question, stream));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answerComesInPieces_otherRequestsOfTheLoopAreAnswered_andItIsStored(boolean stream) throws IOException {
        try (GatewayFixture scene = start(connection -> {
                    if (stream) {
                        connection.sendChunkedHead("application/x-ndjson");
                        connection.sendChunk(BEGINNING + "\"\"},\"done\":false}\n");
                        go.acquireUninterruptibly();
                        connection.sendChunk(BEGINNING + END + "\n");
                        connection.sendLastChunk();
                    } else {
                        int length = BEGINNING.length() + END.length();
                        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n" + BEGINNING);
                        go.acquireUninterruptibly();
                        connection.send(END);
                    }
                });
                RawClient client = new RawClient(scene.port())) {
            client.request("POST", "/api/chat", QUESTION.formatted("slow", stream));
            Eventually.await("the second request arrives", () -> requests.get() == 2);
            for (int count = 0; count < 8; count++) { // over each event loop
                assertThat(ask(scene, "other " + count, stream).header("X-Cache")).isEqualTo("MISS");
            }

            go.release();
            RawClient.Response miss = client.responseTo("POST");
            RawClient.Response hit = ask(scene, "slow", stream);

            assertThat(miss.whole()).isTrue();
            assertThat(miss.header("X-Cache")).isEqualTo("MISS");
            assertThat(hit.header("X-Cache")).isEqualTo("HIT");
            assertThat(hit.body()).isEqualTo(miss.body()).endsWith(stream ? END + "\n" : END);
            assertThat(requests.get()).isEqualTo(10);
        }
    }

    @Test
    void serverEndsTheAnswerInTheMiddle_nothingIsStored() throws IOException {
        try (GatewayFixture scene = start(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk(BEGINNING + "\"h\"},\"done\":false}\n");
            throw new IOException("broken off");
        })) {
            RawClient.Response broken = ask(scene, "broken", true);
            assertThat(broken.body()).contains("{\"error\":\"the ");

            assertThat(ask(scene, "broken", true).header("X-Cache")).isEqualTo("MISS");
        }
    }

    @Test
    void clientLeaves_whileItsAnswerIsAwaited_stopsTheServer_andNothingIsStored() throws IOException {
        try (GatewayFixture scene = start(connection -> {
            connection.awaitDisconnect();
            stopped.release();
        })) {
            try (RawClient client = new RawClient(scene.port())) {
                client.request("POST", "/api/chat", QUESTION.formatted("left", false));
                Eventually.await("the second request arrives", () -> requests.get() == 2);
            }
            stopped.acquireUninterruptibly();
            Eventually.await("no connection is leased", () -> scene.paddock().pool().pools().getFirst().usage().leased() == 0);

            assertThat(scene.logLines(2).getLast()).contains("outcome=client_gone");
            assertThat(ask(scene, "left", false).header("X-Cache")).isEqualTo("MISS");
        }
    }
}
