package dev.paddock.testsupport.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The forwarder passes on everything but what its toxics take. */
@Timeout(60)
class ToxicProxyTest {

    private static final ConnectionScript JSON = ConnectionScript.json("{\"version\":\"1\"}");

    @Test
    void forward_manyBytesWithoutToxics_arriveUnchangedAndQuickly() throws IOException {
        byte[] body = new byte[64 << 20];
        new Random(1).nextBytes(body);
        try (ScriptedServer server = ScriptedServer.start(connection -> connection.send(body));
                ToxicProxy proxy = proxy(server, Toxics.NONE)) {
            try (Socket socket = connect(proxy)) {
                assertThat(socket.getInputStream().readAllBytes()).isEqualTo(body);
            }
            Eventually.await("the forwarder has let go", () -> proxy.open() == 0 && server.open() == 0);
        }
    }

    @Test
    void forward_request_isAnsweredThroughToxicsThatHarmNothing() throws IOException {
        Toxics harmless = new Toxics(Toxic.slices(1), Toxic.slices(3).then(Toxic.latency(Duration.ofMillis(5))));
        try (ScriptedServer server = ScriptedServer.start(JSON);
                ToxicProxy proxy = proxy(server, harmless);
                Socket socket = connect(proxy)) {
            ask(socket);
            assertThat(answer(socket)).startsWith("HTTP/1.1 200 OK").endsWith("{\"version\":\"1\"}");
            ask(socket);
            assertThat(answer(socket)).endsWith("{\"version\":\"1\"}");
            assertThat(server.requests()).hasSize(2);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void latency_manyPieces_delaysEachOfThemButNotTheNext() throws IOException {
        int pieces = 100;
        Duration delay = Duration.ofMillis(100);
        ConnectionScript echo = connection -> {
            for (int piece = 0; piece < pieces; piece++) {
                connection.send("x");
                connection.pause(Duration.ofMillis(2));
            }
        };
        try (ScriptedServer server = ScriptedServer.start(echo);
                ToxicProxy proxy = proxy(server, Toxics.toClient(Toxic.latency(delay)))) {
            long start = System.nanoTime();
            try (Socket socket = connect(proxy)) {
                assertThat(socket.getInputStream().readAllBytes()).hasSize(pieces);
            }
            // One after the other they would take ten seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(delay.plusMillis(200), delay.multipliedBy(50));
        }
    }

    @Test
    void reset_byTheServer_reachesTheClientAsAReset() throws IOException {
        ConnectionScript resets = connection -> {
            connection.readRequest();
            connection.reset();
        };
        try (ScriptedServer server = ScriptedServer.start(resets);
                ToxicProxy proxy = proxy(server, Toxics.NONE);
                Socket socket = connect(proxy)) {
            ask(socket);
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> socket.getInputStream().read())
                    .withMessageContaining("reset");
            Eventually.await("the forwarder has let go", () -> proxy.open() == 0);
        }
    }

    @Test
    void resetToServer_inTheRequest_reachesBothAndTheServerHasNoRequest() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(JSON);
                ToxicProxy proxy = proxy(server, Toxics.toServer(Toxic.reset().after(5)));
                Socket socket = connect(proxy)) {
            ask(socket);
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
            Eventually.await("all have let go", () -> proxy.open() == 0 && server.open() == 0);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void blackhole_clientLeaves_serverHearsOfIt() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(JSON);
                ToxicProxy proxy = proxy(server, Toxics.toClient(Toxic.blackhole()))) {
            try (Socket socket = connect(proxy)) {
                ask(socket);
                Eventually.await("the request arrives", () -> server.requests().size() == 1);
            }
            Eventually.await("all have let go", () -> proxy.open() == 0 && server.open() == 0);
        }
    }

    @Test
    void plan_byNumber_givesEachConnectionItsOwn() throws IOException {
        ToxicPlan firstOnly = connection -> connection == 1 ? Toxics.toClient(Toxic.halfClose()) : Toxics.NONE;
        try (ScriptedServer server = ScriptedServer.start(JSON);
                ToxicProxy proxy = ToxicProxy.start(server.port(), firstOnly);
                Socket first = connect(proxy);
                Socket second = connect(proxy)) {
            ask(first);
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            ask(second);
            assertThat(answer(second)).startsWith("HTTP/1.1 200 OK");
            assertThat(proxy.accepted()).isEqualTo(2);
        }
    }

    @Test
    void connect_serverAway_isReset() throws IOException {
        int port;
        try (ScriptedServer server = ScriptedServer.start(JSON)) {
            port = server.port();
        }
        try (ToxicProxy proxy = ToxicProxy.start(port, ToxicPlan.always(Toxics.NONE));
                Socket socket = connect(proxy)) {
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> socket.getInputStream().read());
            Eventually.await("the forwarder has let go", () -> proxy.open() == 0);
        }
    }

    private static ToxicProxy proxy(ScriptedServer server, Toxics toxics) {
        return ToxicProxy.start(server.port(), ToxicPlan.always(toxics));
    }

    private static Socket connect(ToxicProxy proxy) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /api/version HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n";
        byte[] answer = new byte[head.length() + 15];
        new DataInputStream(socket.getInputStream()).readFully(answer);
        return new String(answer, US_ASCII);
    }
}
