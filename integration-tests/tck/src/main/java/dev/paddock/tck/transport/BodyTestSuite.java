package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.spi.BodyPieces;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.tck.server.ConnectionScript;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body arrives as it was sent, however it is framed and wherever the network cuts it. */
public abstract class BodyTestSuite extends TransportTestSuite {

    private static final String TEXT = "{\"response\":\"Zürich, 東京, 🙂\"}\n";
    private static final int EIGHT_MEGABYTES = 8 << 20;

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {"length", "chunked", "close", "untold"})
    void read_everyKindOfFraming_givesTheSameBody(String framing) {
        try (TransportFixture fixture = start(whole(response(framing)))) {
            assertThat(fixture.fetch(get("/"))).isEqualTo(TEXT);
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {"length", "chunked", "close"})
    void read_responseCutAtEveryByte_givesTheSameBody(String framing) {
        byte[] response = response(framing);
        ConnectionScript script = connection -> {
            if (connection.awaitRequest()) {
                connection.readRequest();
                int cut = connection.number() - 1;
                // Each part in a segment of its own: the server's sockets send at once.
                connection.send(Arrays.copyOfRange(response, 0, cut));
                connection.send(Arrays.copyOfRange(response, cut, response.length));
            }
        };
        try (TransportFixture fixture = start(script)) {
            for (int cut = 1; cut < response.length; cut++) {
                assertThat(fixture.fetch(get("/").withoutConnectionReuse())).as("cut at " + cut).isEqualTo(TEXT);
            }
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {"length", "chunked", "close"})
    void read_responseByteByByte_givesTheSameBody(String framing) {
        ConnectionScript script = connection -> {
            connection.readRequest();
            for (byte each : response(framing)) {
                connection.send(new byte[] {each});
            }
        };
        try (TransportFixture fixture = start(script)) {
            assertThat(fixture.fetch(get("/"))).isEqualTo(TEXT);
        }
    }

    @Safety
    @Test
    void read_chunkWithAnExtension_givesTheBody() {
        byte[] response = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;name=value\r\nab\r\n0\r\n\r\n");
        try (TransportFixture fixture = start(whole(response))) {
            assertThat(fixture.fetch(get("/"))).isEqualTo("ab");
        }
    }

    @Safety
    @Test
    void read_lineOfEightMegabytes_arrivesWhole() {
        String line = "x".repeat(EIGHT_MEGABYTES - 1) + "\n";
        try (TransportFixture fixture = start(ConnectionScript.json(line))) {
            assertThat(fixture.fetch(get("/"))).hasSize(EIGHT_MEGABYTES).endsWith("x\n");
        }
    }

    @Safety
    @Test
    void execute_requestOfEightMegabytes_arrivesWhole() {
        String body = "x".repeat(EIGHT_MEGABYTES);
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            fixture.fetch(TransportFixture.post("/", body));
            assertThat(fixture.server().requests().getFirst().body()).isEqualTo(body);
        }
    }

    @Safety
    @Test
    void execute_requestThatIsNotInMemory_isReadInPiecesAndArrivesWhole() {
        GeneratedBody body = new GeneratedBody(EIGHT_MEGABYTES + 7, Long.MAX_VALUE);
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            assertThat(fixture.fetch(body.posted())).isEqualTo("{}");
            assertThat(body.largestPiece()).isLessThanOrEqualTo(BodyPieces.SIZE);
            assertThat(fixture.server().requests().getFirst().body()).isEqualTo(body.text());
        }
    }

    @Safety
    @Test
    void execute_requestThatCannotBeReadToItsEnd_failsAndItsConnectionServesNoMore() {
        GeneratedBody body = new GeneratedBody(EIGHT_MEGABYTES, EIGHT_MEGABYTES / 2);
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> fixture.fetch(body.posted()));

            assertThat(failure.failure()).isEqualTo(TransportFailure.SEND_FAILED);
            assertThat(fixture.fetch(get("/"))).isEqualTo("{}");
            assertThat(fixture.server().accepted()).isEqualTo(2);
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            })
    void read_responseWithoutBody_isEmptyAndItsConnectionServesAgain(String response) {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(response));
        try (TransportFixture fixture = start(script)) {
            assertThat(fixture.fetch(get("/"))).isEmpty();
            assertThat(fixture.fetch(get("/"))).isEmpty();
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
    }

    @Safety
    @Test
    void read_answerToHead_hasNoBodyWhateverItsLengthSays() {
        ConnectionScript script = ConnectionScript.forEachRequest(
                connection -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"));
        TransportRequest head = new TransportRequest("HEAD", "/", Headers.EMPTY, new byte[0]);
        try (TransportFixture fixture = start(script)) {
            assertThat(fixture.fetch(head)).isEmpty();
            assertThat(fixture.fetch(head)).isEmpty();
            assertThat(fixture.server().accepted()).isEqualTo(1);
        }
    }

    private static ConnectionScript whole(byte[] response) {
        return connection -> {
            connection.readRequest();
            connection.send(response);
        };
    }

    private static byte[] response(String framing) {
        byte[] text = bytes(TEXT);
        String start = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n";
        return switch (framing) {
            case "length" -> bytes(start + "Content-Length: " + text.length + "\r\n\r\n" + TEXT);
            case "untold" -> bytes(start + "\r\n" + TEXT);
            case "close" -> bytes(start + "Connection: close\r\n\r\n" + TEXT);
            default -> bytes(start + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(text.length) + "\r\n"
                    + TEXT + "\r\n0\r\n\r\n");
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
