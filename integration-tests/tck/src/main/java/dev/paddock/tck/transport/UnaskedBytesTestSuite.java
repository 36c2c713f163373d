package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.paddock.domain.pool.CloseReason;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that a server sends without a request never become the response to a later request. */
public abstract class UnaskedBytesTestSuite extends TransportTestSuite {

    private static final String UNASKED_AT_ONCE = "execute_unaskedBytesJustBefore_areNotTakenForTheNextResponse";

    static Stream<Named<String>> unaskedBytes() {
        return Stream.of(
                named("a response", "HTTP/1.1 408 Request Timeout\r\nContent-Length: 6\r\n\r\npoison"),
                named("no response", "poison"));
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @MethodSource("unaskedBytes")
    void execute_unaskedBytesBehindAResponse_areNotTakenForTheNextResponse(String unasked) {
        try (TransportFixture fixture = start(firstAnswerFollowedBy(unasked))) {
            for (int call = 0; call < 3; call++) {
                assertThat(fixture.fetch(get("/")))
                        .as("an answer to a request, not bytes that the server sent without one")
                        .isEqualTo(Integer.toString(fixture.server().accepted()));
            }
        }
    }

    @Strict("a connection with unasked bytes behind a response is closed")
    @ParameterizedTest(name = "{0}")
    @MethodSource("unaskedBytes")
    void execute_unaskedBytesBehindAResponse_endTheirConnection(String unasked) {
        try (TransportFixture fixture = start(firstAnswerFollowedBy(unasked))) {
            assertThat(fixture.fetch(get("/"))).as("the answer of the first connection").isEqualTo("1");
            assertThat(fixture.fetch(get("/")))
                    .as("the answer of a second connection: the first has unasked bytes")
                    .isEqualTo("2");
            assertThat(fixture.fetch(get("/")))
                    .as("the answer of the second connection, which is reused")
                    .isEqualTo("2");
            assertThat(fixture.server().accepted()).as("connections").isEqualTo(2);
            fixture.assertClosed(1, CloseReason.STALE);
        }
    }

    /** Sends the unasked bytes in one segment with the first answer: no transport can detect bytes that come after its check. */
    private static ConnectionScript firstAnswerFollowedBy(String unasked) {
        return ConnectionScript.forEachRequest(connection -> {
            String answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + connection.number();
            connection.send(connection.number() == 1 ? answer + unasked : answer);
        });
    }

    @Safety
    @Test
    void execute_unaskedBytesWhileIdle_areNotTakenForTheNextResponse() {
        assertUnaskedBytesWhileIdleEndTheirConnection(declares(UNASKED_AT_ONCE));
    }

    @Strict("unasked bytes on an idle connection are noticed by the very next call")
    @Test
    void execute_unaskedBytesJustBefore_areNotTakenForTheNextResponse() {
        assertUnaskedBytesWhileIdleEndTheirConnection(false);
    }

    private void assertUnaskedBytesWhileIdleEndTheirConnection(boolean noticedLater) {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch poisoned = new CountDownLatch(1);
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> {
            connection.sendResponse("200 OK", "text/plain", Integer.toString(connection.number()));
            if (connection.number() == 1) {
                Eventually.open(idle);
                connection.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
                poisoned.countDown();
            }
        });
        try (TransportFixture fixture = start(script)) {
            fixture.fetch(get("/"));
            idle.countDown();
            Eventually.open(poisoned);
            if (noticedLater) {
                Eventually.await("the transport closes the connection", () -> fixture.server().open() == 0);
            }

            assertThat(fixture.fetch(get("/"))).as("the answer of a second connection").isEqualTo("2");
            fixture.assertClosed(1, CloseReason.STALE);
        }
    }
}
