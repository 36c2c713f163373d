package dev.paddock.benchmarks.pooling;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.benchmarks.pooling.PoolingScenario.SimulatedLink;
import dev.paddock.testsupport.fault.ToxicPlan;
import dev.paddock.testsupport.fault.ToxicProxy;
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
class SimulatedLinkTest {

    private static final Duration COST = Duration.ofMillis(80);
    private static final int SIZE = 1 << 20;

    @Test
    void network_newConnection_costsAHandshakeAndEachWay() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, SimulatedLink.network(COST))) {
            for (int connection = 0; connection < 3; connection++) {
                long start = System.nanoTime();
                try (Socket socket = connect(link)) {
                    exchange(socket, 1);
                    assertThat(since(start)).isGreaterThanOrEqualTo(COST.multipliedBy(2));
                }
            }
        }
    }

    @Test
    void network_connectionThatIsThere_costsEachWayOnly() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, SimulatedLink.network(COST));
                Socket socket = connect(link)) {
            exchange(socket, 1);
            assertThat(quickerThan(COST.multipliedBy(2), socket)).isGreaterThanOrEqualTo(COST);
        }
    }

    @Test
    void costlyOpening_newConnection_costsNothingLater() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, SimulatedLink.costlyOpening(COST))) {
            long start = System.nanoTime();
            try (Socket socket = connect(link)) {
                exchange(socket, 1);
                assertThat(since(start)).isGreaterThanOrEqualTo(COST);
                quickerThan(COST, socket);
            }
        }
    }

    @Test
    void network_manyBytes_comeBackUnchangedAndInOrder() throws IOException {
        try (ScriptedServer server = echo();
                ToxicProxy link = through(server, SimulatedLink.network(COST));
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

    private static ToxicProxy through(ScriptedServer server, SimulatedLink link) {
        return ToxicProxy.start(server.port(), ToxicPlan.always(link.toxics()));
    }

    private static Socket connect(ToxicProxy link) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Exchanges letters until that is quicker than the given time; returns how long it took then. */
    private static Duration quickerThan(Duration time, Socket socket) throws IOException {
        Duration taken = exchange(socket, 1);
        while (taken.compareTo(time) >= 0) {
            taken = exchange(socket, 1);
        }
        return taken;
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
        Duration taken = since(start);
        assertThat(new String(answer, US_ASCII)).isEqualTo(letters);
        return taken;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
