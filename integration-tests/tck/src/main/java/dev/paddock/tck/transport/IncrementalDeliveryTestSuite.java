package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.tck.server.ConnectionScript;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/**
 * Bytes can be read as soon as they have arrived. The server sends each piece only after the client has read the one before it, so
 * a transport that waits for more bytes hangs.
 */
public abstract class IncrementalDeliveryTestSuite extends TransportTestSuite {

    private static final int PIECES = 20;

    private final Semaphore mayGoOn = new Semaphore(0);

    @Safety
    @Test
    void execute_headWithoutAnyBody_isHandedOver() {
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            awaitLeave();
            connection.sendLastChunk();
        };
        try (TransportFixture fixture = start(script);
                TransportResponse response =
                        fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.status()).as("the status, before any byte of the body was sent").isEqualTo(200);
            mayGoOn.release();
            assertThat(TransportFixture.readAll(response)).as("the body").isEmpty();
        }
    }

    @Safety
    @Test
    void read_chunksOneByOne_areHandedOverOneByOne() {
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            for (int piece = 0; piece < PIECES; piece++) {
                awaitLeave();
                connection.sendChunk("piece " + piece + "\n");
            }
            connection.sendLastChunk();
        };
        assertPiecesArriveOneByOne(script);
    }

    @Safety
    @Test
    void read_knownLengthInPieces_arrivesPieceByPiece() {
        ConnectionScript script = connection -> {
            connection.readRequest();
            int length = 10 * "piece 0\n".length() + 10 * "piece 10\n".length();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            for (int piece = 0; piece < PIECES; piece++) {
                awaitLeave();
                connection.send("piece " + piece + "\n");
            }
        };
        assertPiecesArriveOneByOne(script);
    }

    private void assertPiecesArriveOneByOne(ConnectionScript script) {
        try (TransportFixture fixture = start(script);
                TransportResponse response =
                        fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            byte[] buffer = new byte[4096];
            for (int piece = 0; piece < PIECES; piece++) {
                mayGoOn.release();
                int count = response.read(buffer, 0, buffer.length);
                assertThat(new String(buffer, 0, count, StandardCharsets.UTF_8))
                        .as("the piece that was sent, and no more, while the server waits for it to be read")
                        .isEqualTo("piece " + piece + "\n");
            }
            assertThat(response.read(buffer, 0, buffer.length)).as("a read at the end of the body").isEqualTo(-1);
        }
    }

    private void awaitLeave() throws IOException {
        try {
            mayGoOn.acquire();
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted");
        }
    }
}
