package dev.paddock.testsupport.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What arrives at the peer of a scripted connection that suffers. */
@Timeout(30)
class ToxicTest {

    private static final String TEXT = "0123456789";
    private static final ConnectionScript SENDS_TEXT = connection -> connection.send(TEXT);
    private static final ConnectionScript SENDS_TEXT_AND_STAYS = connection -> {
        connection.send(TEXT);
        connection.awaitDisconnect();
    };

    @Test
    void none_text_arrivesUnharmed() throws IOException {
        assertThat(received(SENDS_TEXT.suffering(Toxic.none()))).isEqualTo(TEXT);
    }

    @Test
    void slices_text_arrivesWholeInPiecesOfTheSize() throws IOException {
        assertThat(pieces(SENDS_TEXT, Toxic.slices(4))).containsExactly("0123", "4567", "89");
    }

    @Test
    void drip_text_arrivesByteByByteAndNoFaster() throws IOException {
        long start = System.nanoTime();
        assertThat(pieces(SENDS_TEXT, Toxic.drip(Duration.ofMillis(20)))).hasSize(TEXT.length());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void bandwidth_moreThanASecondsWorth_takesItsTime() throws IOException {
        byte[] body = new byte[30_000];
        long start = System.nanoTime();
        ConnectionScript sendsBody = connection -> connection.send(body);
        String arrived = received(sendsBody.suffering(Toxic.bandwidth(100_000)));
        assertThat(arrived).hasSize(body.length);
        // The last piece does not wait for itself.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(280));
    }

    @Test
    void latency_oneText_arrivesThatMuchLater() throws IOException {
        long start = System.nanoTime();
        assertThat(received(SENDS_TEXT.suffering(Toxic.latency(Duration.ofMillis(80))))).isEqualTo(TEXT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void blackholeAfter_text_endsThereWithoutAnEnd() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SENDS_TEXT_AND_STAYS.suffering(Toxic.blackhole().after(3)));
                Socket socket = connect(server)) {
            assertThat(new String(socket.getInputStream().readNBytes(3), US_ASCII)).isEqualTo("012");
            socket.setSoTimeout(100);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> socket.getInputStream().read());
        }
    }

    @Test
    void resetAfter_text_resetsWithoutWaitingForTheNextByte() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SENDS_TEXT_AND_STAYS.suffering(Toxic.reset().after(10)));
                Socket socket = connect(server)) {
            assertThat(new String(socket.getInputStream().readNBytes(10), US_ASCII)).isEqualTo(TEXT);
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> socket.getInputStream().read())
                    .withMessageContaining("reset");
        }
    }

    @Test
    void halfCloseAfter_text_endsThisDirectionOnly() throws IOException {
        ConnectionScript echoing = connection -> {
            connection.setToxic(Toxic.halfClose().after(4));
            connection.send(TEXT);
            connection.readRequest();
            connection.awaitDisconnect();
        };
        try (ScriptedServer server = ScriptedServer.start(echoing);
                Socket socket = connect(server)) {
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).isEqualTo("0123");
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            Eventually.await("the request arrives", () -> server.requests().size() == 1);
        }
    }

    @Test
    void garbage_text_isReplacedByAsMuchAndTheSameForTheSameSeed() throws IOException {
        byte[] first = bytes(SENDS_TEXT.suffering(Toxic.garbage(1)));
        assertThat(first).hasSize(TEXT.length()).isNotEqualTo(TEXT.getBytes(US_ASCII));
        assertThat(bytes(SENDS_TEXT.suffering(Toxic.garbage(1)))).isEqualTo(first);
        assertThat(bytes(SENDS_TEXT.suffering(Toxic.garbage(2)))).isNotEqualTo(first);
    }

    @Test
    void then_twoToxics_bothAct() throws IOException {
        Toxic both = Toxic.halfClose().after(6).then(Toxic.slices(4));
        assertThat(pieces(SENDS_TEXT_AND_STAYS, both)).containsExactly("0123", "45");
    }

    @Test
    void latencyThenReset_text_arrivesBeforeTheReset() throws IOException {
        Toxic late = Toxic.reset().after(5).then(Toxic.latency(Duration.ofMillis(30)));
        try (ScriptedServer server = ScriptedServer.start(SENDS_TEXT.suffering(late));
                Socket socket = connect(server)) {
            assertThat(new String(socket.getInputStream().readNBytes(5), US_ASCII)).isEqualTo("01234");
        }
    }

    @Test
    void close_serverWithAToxicThatWaits_endsTheWait() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SENDS_TEXT.suffering(Toxic.drip(Duration.ofHours(1))));
                Socket socket = connect(server)) {
            Eventually.await("the connection is there", () -> server.open() == 1);
            stop(server);
            Eventually.await("its script has ended", () -> server.open() == 0);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void stop(ScriptedServer server) {
        server.close();
    }

    private static String received(ConnectionScript script) throws IOException {
        return new String(bytes(script), US_ASCII);
    }

    private static byte[] bytes(ConnectionScript script) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(script);
                Socket socket = connect(server)) {
            return socket.getInputStream().readAllBytes();
        }
    }

    /** Returns the pieces in which it arrives: each is sent when the one before it was read. */
    private static List<String> pieces(ConnectionScript script, Toxic toxic) throws IOException {
        Semaphore read = new Semaphore(0);
        Toxic oneByOne = (next, wire) -> new FilterOutputStream(next) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                next.write(bytes, offset, length);
                next.flush();
                read.acquireUninterruptibly();
            }
        };
        try (ScriptedServer server = ScriptedServer.start(script.suffering(toxic.then(oneByOne)));
                Socket socket = connect(server)) {
            List<String> pieces = new ArrayList<>();
            InputStream input = socket.getInputStream();
            byte[] buffer = new byte[100];
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                pieces.add(new String(buffer, 0, count, US_ASCII));
                read.release();
            }
            return pieces;
        }
    }

    private static Socket connect(ScriptedServer server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }
}
