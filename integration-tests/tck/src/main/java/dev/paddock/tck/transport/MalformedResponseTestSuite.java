package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.tck.server.ConnectionScript;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A head or a body that violates HTTP is a failure, and the limits of a head hold. */
public abstract class MalformedResponseTestSuite extends TransportTestSuite {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final int ENDLESS_BLOCKS = 256;

    static Stream<Named<String>> headsThatAreRefused() {
        return Stream.of(
                named("protocol SSH", "SSH-2.0-OpenSSH_9.6\r\n\r\n"),
                named("no status line", "garbage\r\n\r\n"),
                named("status line of one word", "HTTP/1.1 banana\r\n\r\n"),
                named("status without digits", "HTTP/1.1 abc OK\r\n\r\n"),
                named("version 2.0", "HTTP/2.0 200 OK\r\n\r\n"),
                named("protocol switch", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n"),
                named("length and chunks", OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
                named("two lengths", OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
                named("negative length", OK + "Content-Length: -1\r\n\r\n"),
                named("length without digits", OK + "Content-Length: x\r\n\r\nab"),
                named("unknown transfer coding", OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"));
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @MethodSource("headsThatAreRefused")
    void execute_headThatIsNoHttpOrHasTwoEnds_isMalformed(String response) {
        assertMalformedHead(answering(response));
    }

    /** Strict: such a head has one end all the same, and a transport that cleans or ignores the wrong part loses nothing else. */
    static Stream<Named<String>> headsThatBreakASyntaxRule() {
        return Stream.of(
                named("status 600", "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n"),
                named("status 99", "HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n"),
                named("length twice in one field", OK + "Content-Length: 2, 2\r\n\r\nab"),
                named("length with a sign", OK + "Content-Length: +2\r\n\r\nab"),
                named("field without a colon", OK + "no colon\r\n\r\n"),
                named("field name with a space", OK + "b d: x\r\n\r\n"));
    }

    @Strict("a head that breaks a rule of syntax fails as MALFORMED")
    @ParameterizedTest(name = "{0}")
    @MethodSource("headsThatBreakASyntaxRule")
    void execute_headThatBreaksASyntaxRule_isMalformed(String response) {
        assertMalformedHead(answering(response));
    }

    static Stream<Named<String>> brokenChunks() {
        return Stream.of(
                named("size without digits", "xyz\r\nhello\r\n0\r\n\r\n"),
                named("negative size", "-1\r\nab\r\n"),
                named("chunk longer than its size", "2\r\nabc\r\n0\r\n\r\n"));
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenChunks")
    void read_chunkThatBreaksHttp_isNeverASuccess(String chunks) {
        assertThat(failureOfOnlyCall(get("/"), answering(CHUNKED + chunks)).failure())
                .as("the kind of the failure")
                .isIn(TransportFailure.MALFORMED, TransportFailure.TRUNCATED);
    }

    @Strict("a chunk that breaks HTTP fails as MALFORMED")
    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenChunks")
    void read_chunkThatBreaksHttp_isMalformed(String chunks) {
        assertThat(failureOfOnlyCall(get("/"), answering(CHUNKED + chunks)).failure())
                .as("the failure of a body with a broken chunk")
                .isEqualTo(TransportFailure.MALFORMED);
    }

    @Strict("a chunk size above 2^63 fails as MALFORMED")
    @Test
    void read_chunkSizeOfTwentyDigits_isMalformed() {
        assertThat(failureOfOnlyCall(get("/"), answering(CHUNKED + "99999999999999999999\r\nab")).failure())
                .as("the failure of a body whose chunk size does not fit into 64 bits")
                .isEqualTo(TransportFailure.MALFORMED);
    }

    /** No size that a model server sends, so that a library with sizes of 32 bits may be used: declare it, and say so to users. */
    @Strict("a chunk size above 32 bits is not taken for the rest of its digits")
    @Test
    void read_chunkOfFourGigabytes_isNotTakenForTheLastChunk() {
        assertThat(failureOfOnlyCall(get("/"), answering(CHUNKED + "100000000\r\nab")).failure())
                .as("the failure of a body that ends within a chunk of 2^32 bytes")
                .isIn(TransportFailure.TRUNCATED, TransportFailure.MALFORMED);
    }

    @Strict("a head of more than 100 fields fails as MALFORMED")
    @Test
    void execute_tooManyFields_isMalformed() {
        assertMalformedHead(answering(OK + "X: y\r\n".repeat(101) + "\r\n"));
    }

    @Strict("a line of more than 8 KiB in a head fails as MALFORMED")
    @Test
    void execute_tooLongLine_isMalformed() {
        assertMalformedHead(answering(OK + "X: " + "y".repeat(8200) + "\r\n\r\n"));
    }

    @Safety
    @Test
    void execute_headThatNeverEnds_isRefused() {
        assertMalformedHead(connection -> {
            connection.readRequest();
            connection.send(OK);
            for (int block = 0; block < ENDLESS_BLOCKS; block++) {
                connection.send(("X: " + "y".repeat(997) + "\r\n").repeat(64));
            }
        });
    }

    @Strict("a status line that never ends fails as MALFORMED")
    @Test
    void execute_endlessLine_isMalformedBeforeItsEnd() {
        assertMalformedHead(connection -> {
            connection.readRequest();
            // A transport without this limit takes it for a complete answer in the end.
            connection.send("HTTP/1.1 200 ");
            for (int block = 0; block < ENDLESS_BLOCKS; block++) {
                connection.send("y".repeat(64 << 10));
            }
            connection.send("\r\nContent-Length: 0\r\n\r\n");
        });
    }

    @Strict("more than eight interim responses fail as MALFORMED")
    @Test
    void execute_tooManyInterimResponses_isMalformed() {
        assertMalformedHead(answering("HTTP/1.1 100 Continue\r\n\r\n".repeat(9) + OK + "Content-Length: 0\r\n\r\n"));
    }

    @Safety
    @Test
    void execute_limitsReachedButNotPassed_succeeds() {
        String response = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(8)
                + OK + "X: " + "y".repeat(8000) + "\r\n" + "X: y\r\n".repeat(98) + "Content-Length: 2\r\n\r\nhi";
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(response));
        try (TransportFixture fixture = start(script)) {
            assertThat(fixture.fetch(get("/"))).as("the answer whose head is just within the limits").isEqualTo("hi");
            assertThat(fixture.fetch(get("/"))).as("the second answer, on the same connection").isEqualTo("hi");
            assertThat(fixture.server().accepted()).as("connections: nothing is wrong with the first").isEqualTo(1);
        }
    }

    @Safety
    @Test
    void execute_controlCharactersInAField_areNeverHandedOver() {
        ConnectionScript script = answering(OK + "X: a\0b\rc\r\nContent-Length: 0\r\n\r\n");
        try (TransportFixture fixture = start(script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.headers().first("X"))
                    .as("the field with control characters: cleaned or left out, as it could split a head downstream")
                    .isIn("a b c", null);
        } catch (TransportException refused) {
            assertThat(refused.failure())
                    .as("the failure, if the transport refuses the field")
                    .isEqualTo(TransportFailure.MALFORMED);
        }
    }

    private void assertMalformedHead(ConnectionScript script) {
        TransportException failure = failureOfOnlyCall(get("/"), script);
        assertThat(failure.failure())
                .as("the failure of a head that breaks HTTP")
                .isEqualTo(TransportFailure.MALFORMED);
        assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.HEAD);
        assertThat(failure.progress().responseStarted())
                .as("whether a response started: bytes came, so that the call is not tried again as if unsent")
                .isTrue();
    }
}
