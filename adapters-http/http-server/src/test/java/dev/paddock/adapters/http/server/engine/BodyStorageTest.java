package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerLimits.SizeLimit;
import dev.paddock.testsupport.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that uses no body is answered before its body, of which nothing is kept. */
class BodyStorageTest {

    private static final String LARGE = "POST /own HTTP/1.1\r\nHost: localhost\r\nContent-Length: 67108864\r\n\r\n";

    private final RecordingHandler handler = new RecordingHandler().takingNoBody("/own");
    private final HttpServer server = HttpServer.start(
            HttpServerSettings.of("127.0.0.1", 0).withLimits(ServerLimits.DEFAULT.with(SizeLimit.TOTAL_BODY_BYTES, 200_000)), handler);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length: 67108864",
        "Content-Length: 99999999999999",
        "Transfer-Encoding: chunked",
        "Content-Length: 1\r\nExpect: 100-continue",
    })
    void bodyThatIsNotUsed_isNotWaitedFor(String framing) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /own HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n");
            assertAnsweredAndClosed(client);
        }
    }

    @Test
    void bodyThatIsNotUsed_takesNoMemoryHoweverMuchArrives() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try (RawClient good = new RawClient(server.port())) {
            for (int number = 0; number < 4; number++) {
                clients.add(new RawClient(server.port()).send(LARGE + "x".repeat(150_000)));
            }
            assertThat(good.post("/p", "x".repeat(90_000)).response().body()).isEqualTo("/p 90000");
            for (RawClient client : clients) {
                assertAnsweredAndClosed(client);
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void bodyThatIsNotUsed_doesNotBecomeARequest() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /own HTTP/1.1\r\nHost: localhost\r\nContent-Length: 36\r\n\r\n")
                    .send("GET /inner HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertAnsweredAndClosed(client);
        }
        assertThat(handler.targets()).containsExactly("/own");
    }

    @Test
    void clientThatSendsTheWholeBodyFirst_getsItsAnswer() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(LARGE);
            byte[] piece = new byte[1 << 20];
            for (int number = 0; number < 64; number++) {
                client.send(piece);
            }
            assertAnsweredAndClosed(client);
        }
    }

    @Test
    void requestWithoutBody_keepsItsConnection() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.get("/own").response().body()).isEqualTo("/own 0");
            assertThat(client.post("/own", "").response().body()).isEqualTo("/own 0");
        }
    }

    private static void assertAnsweredAndClosed(RawClient client) throws Exception {
        RawClient.Response response = client.response();
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("/own 0");
        assertThat(response.header("Connection")).isEqualTo("close");
        assertThat(client.read()).isEqualTo(-1);
    }
}
