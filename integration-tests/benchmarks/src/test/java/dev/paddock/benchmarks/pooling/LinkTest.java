package dev.paddock.benchmarks.pooling;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.fault.ToxicPlan;
import dev.paddock.tck.fault.ToxicProxy;
import dev.paddock.tck.server.ScriptedServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link delays what it says, and changes nothing. */
@Timeout(60)
class LinkTest {

    private static final Duration COST = Duration.ofMillis(80);
    private static final int SIZE = 1 << 20;

    @Test
    void network_newConnection_costsAHandshakeAndEachWay() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, Link.network(COST));
                Socket socket = connect(link)) {
            assertThat(exchange(socket, 1)).isGreaterThanOrEqualTo(COST.multipliedBy(2));
        }
    }

    @Test
    void network_connectionThatIsThere_costsEachWayOnly() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, Link.network(COST));
                Socket socket = connect(link)) {
            Duration first = exchange(socket, 1);
            Duration quickest = quickest(socket);
            assertThat(quickest).isGreaterThanOrEqualTo(COST).isLessThan(first);
        }
    }

    @Test
    void costlyOpening_connectionThatIsThere_costsLessThanOpening() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, Link.costlyOpening(COST));
                Socket socket = connect(link)) {
            assertThat(exchange(socket, 1)).isGreaterThanOrEqualTo(COST);
            assertThat(quickest(socket)).isLessThan(COST);
        }
    }

    @Test
    void network_eachConnection_paysForItself() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, Link.network(COST))) {
            for (int connection = 0; connection < 3; connection++) {
                try (Socket socket = connect(link)) {
                    assertThat(exchange(socket, 1)).isGreaterThanOrEqualTo(COST.multipliedBy(2));
                }
            }
        }
    }

    @Test
    void network_manyBytes_comeBackUnchangedAndInOrder() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, Link.network(COST));
                Socket socket = connect(link)) {
            exchange(socket, SIZE);
        }
    }

    private static ScriptedServer echo() {
        return ScriptedServer.start(connection -> {
            while (connection.awaitRequest()) {
                connection.send(connection.readRequest().body());
            }
        });
    }

    private static ToxicProxy through(ScriptedServer server, Link link) {
        return ToxicProxy.start(server.port(), ToxicPlan.always(link.toxics()));
    }

    private static Socket connect(ToxicProxy link) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    // What the machine adds varies; the least of several is what the link takes at least.
    private static Duration quickest(Socket socket) throws IOException {
        Duration quickest = exchange(socket, 1);
        for (int again = 0; again < 5; again++) {
            Duration next = exchange(socket, 1);
            quickest = next.compareTo(quickest) < 0 ? next : quickest;
        }
        return quickest;
    }

    /** Sends so many letters and checks that they come back; returns how long that took. */
    private static Duration exchange(Socket socket, int size) throws IOException {
        String letters = new Random(size)
                .ints(size, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String request = "POST / HTTP/1.1\r\nContent-Length: " + size + "\r\n\r\n" + letters;
        long start = System.nanoTime();
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        byte[] answer = new byte[size];
        new DataInputStream(socket.getInputStream()).readFully(answer);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(new String(answer, US_ASCII)).isEqualTo(letters);
        return taken;
    }
}
