package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

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

/** A body arrives unchanged, for each kind of framing and each division into segments. */
public abstract class BodyTestSuite extends TransportTestSuite {

    private static final String TEXT = "{\"response\":\"Zürich, 東京, 🙂\"}\n";
    private static final int EIGHT_MEGABYTES = 8 << 20;

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {"length", "chunked", "close", "untold"})
    void read_everyKindOfFraming_givesTheSameBody(String framing) {
        try (TransportFixture fixture = start(whole(response(framing)))) {
            assertThat(fixture.fetch(get("/")))
                    .as("the body, which must not depend on how its end is marked")
                    .isEqualTo(TEXT);
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
            assertThat(fixture.fetch(get("/")))
                    .as("the body, which must not depend on how the network splits it")
                    .isEqualTo(TEXT);
        }
    }

    @Safety
    @Test
    void read_chunkWithAnExtension_givesTheBody() {
        byte[] response = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;name=value\r\nab\r\n0\r\n\r\n");
        try (TransportFixture fixture = start(whole(response))) {
            assertThat(fixture.fetch(get("/"))).as("the body, without the chunk extension").isEqualTo("ab");
        }
    }

    @Safety
    @Test
    void read_lineOfEightMegabytes_arrivesWhole() {
        String line = "x".repeat(EIGHT_MEGABYTES - 1) + "\n";
        try (TransportFixture fixture = start(ConnectionScript.json(line))) {
            assertThat(fixture.fetch(get("/")))
                    .as("the line of 8 MiB, complete")
                    .hasSize(EIGHT_MEGABYTES).endsWith("x\n");
        }
    }

    @Safety
    @Test
    void execute_requestOfEightMegabytes_arrivesWhole() {
        String body = "x".repeat(EIGHT_MEGABYTES);
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            fixture.fetch(TransportFixture.post("/", body));
            assertThat(fixture.server().requests().getFirst().body())
                    .as("the request body that the server received, complete")
                    .isEqualTo(body);
        }
    }

    @Safety
    @Test
    void execute_requestThatIsNotInMemory_isReadInPiecesAndArrivesWhole() {
        GeneratedBody body = new GeneratedBody(EIGHT_MEGABYTES + 7, Long.MAX_VALUE);
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            assertThat(fixture.fetch(body.posted())).as("the answer").isEqualTo("{}");
            assertThat(body.largestPiece())
                    .as("bytes asked for at once: a body may be larger than memory")
                    .isLessThanOrEqualTo(BodyPieces.SIZE);
            assertThat(fixture.server().requests().getFirst().body())
                    .as("the request body that the server received, complete and in order")
                    .isEqualTo(body.text());
        }
    }

    @Safety
    @Test
    void execute_requestThatCannotBeReadToItsEnd_failsAndItsConnectionServesNoMore() {
        GeneratedBody body = new GeneratedBody(EIGHT_MEGABYTES, EIGHT_MEGABYTES / 2);
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            TransportException failure =
                    failureOf(() -> fixture.fetch(body.posted()));

            assertThat(failure.failure())
                    .as("the failure when the request body cannot be read")
                    .isEqualTo(TransportFailure.SEND_FAILED);
            assertThat(fixture.fetch(get("/")))
                    .as("the next call, which the broken request must not disturb")
                    .isEqualTo("{}");
            assertThat(fixture.server().accepted())
                    .as("connections: one with half a request on it cannot be reused")
                    .isEqualTo(2);
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
            assertThat(fixture.fetch(get("/"))).as("the body of a response that has none").isEmpty();
            assertThat(fixture.fetch(get("/"))).as("the body of the second response").isEmpty();
            assertThat(fixture.server().accepted())
                    .as("connections: the end of an empty response is known, so that its connection is reused")
                    .isEqualTo(1);
        }
    }

    @Safety
    @Test
    void read_answerToHead_hasNoBodyWhateverItsLengthSays() {
        ConnectionScript script = ConnectionScript.forEachRequest(
                connection -> connection.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"));
        TransportRequest head = new TransportRequest("HEAD", "/", Headers.EMPTY, new byte[0]);
        try (TransportFixture fixture = start(script)) {
            assertThat(fixture.fetch(head)).as("the body of an answer to HEAD, whatever its length says").isEmpty();
            assertThat(fixture.fetch(head)).as("the body of the second answer to HEAD").isEmpty();
            assertThat(fixture.server().accepted())
                    .as("connections: the end of an answer to HEAD is known, so that its connection is reused")
                    .isEqualTo(1);
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
