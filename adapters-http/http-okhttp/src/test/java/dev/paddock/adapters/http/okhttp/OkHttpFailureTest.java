package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.failure;
import static dev.paddock.adapters.http.okhttp.Calls.fetch;
import static dev.paddock.adapters.http.okhttp.Calls.get;
import static dev.paddock.adapters.http.okhttp.Calls.text;
import static dev.paddock.adapters.http.okhttp.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.pool.CloseReason;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a misbehaving server does to a call: the failure, how far the call had come, and that nothing is left over. */
class OkHttpFailureTest {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final RecordingListener listener = new RecordingListener();

    /** Makes a call against a server with the given script and returns how it failed. */
    private TransportException failureOf(Consumer<Peer> script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script);
                HttpTransport transport = transport(server, listener)) {
            TransportException failure = failure(() -> {
                try (TransportResponse response = transport.newCall(get(), CallListener.none()).execute()) {
                    text(response);
                }
            });
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.opened).hasValue(server.accepted());
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
            return failure;
        }
    }

    private static Consumer<Peer> answering(String response) {
        return peer -> {
            peer.request();
            peer.send(response);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", CHUNKED, CHUNKED + "5\r\nab",
        CHUNKED + "2\r\nab", CHUNKED + "2\r\nab\r\n", CHUNKED + "2\r\nab\r\n0\r\n",
        CHUNKED + "2\r\nab\r\n0\r\nA: b\r\n",
        CHUNKED + "2"})
    void read_bodyShortOfItsEnd_isTruncated(String response) throws Exception {
        TransportException failure = failureOf(answering(response));
        assertThat(failure.failure()).isEqualTo(TransportFailure.TRUNCATED);
        assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.BODY, 0, 0, true, false));
        assertThat(failure)
                .hasMessage("truncated while waiting for more of the response")
                .hasCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nab\r\n", "-1\r\nab\r\n", "2\r\nabc\r\n0\r\n\r\n", "99999999999999999999\r\nab"})
    void read_brokenChunk_isMalformed(String chunks) throws Exception {
        assertThat(failureOf(answering(CHUNKED + chunks)).failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void read_connectionReset_isReset() throws Exception {
        TransportException failure = failureOf(peer -> {
            peer.request();
            peer.send(CHUNKED + "2\r\nab\r\n");
            peer.reset();
        });
        assertThat(failure.failure()).isEqualTo(TransportFailure.RESET);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void read_again_failsAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"));
                HttpTransport transport = transport(server)) {
            TransportResponse response = transport.newCall(get(), CallListener.none()).execute();
            TransportException first = failure(() -> text(response));
            assertThat(failure(() -> text(response))).isSameAs(first);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n",
        "ICY 200 OK\r\nContent-Length: 0\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "HTTP/1.1 200 OK\r\nb d: x\r\n\r\n"})
    void execute_brokenHead_isMalformed(String response) throws Exception {
        TransportException failure = failureOf(answering(response));
        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.HEAD);
        assertThat(failure.progress().responseStarted()).isTrue();
    }

    @Test
    void execute_controlCharactersInField_areNotDelivered() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.answering("HTTP/1.1 200 OK\r\nX: a\0b\rc\r\nContent-Length: 0\r\n\r\n");
                HttpTransport transport = transport(server);
                TransportResponse response = transport.newCall(get(), CallListener.none()).execute()) {
            assertThat(response.headers().first("X")).isEqualTo("a b c");
        }
    }

    @Test
    void execute_tooManyFields_isMalformed() throws Exception {
        assertThat(failureOf(answering("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(101) + "\r\n")).failure())
                .isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_tooLongLine_isMalformed() throws Exception {
        assertThat(failureOf(answering("HTTP/1.1 200 OK\r\nX: " + "y".repeat(8200) + "\r\n\r\n")).failure())
                .isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_endlessLine_isMalformedBeforeItsEnd() throws Exception {
        assertThat(failureOf(peer -> {
                            peer.request();
                            peer.send("y".repeat(100_000));
                            peer.awaitEnd();
                        })
                        .failure())
                .isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_tooManyInterimResponses_isMalformed() throws Exception {
        String interim = "HTTP/1.1 100 Continue\r\n\r\n";
        assertThat(failureOf(answering(interim.repeat(9) + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).failure())
                .isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_limitsReachedButNotPassed_succeeds() throws Exception {
        String head = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(8)
                + "HTTP/1.1 200 OK\r\nX: " + "y".repeat(8000)
                + "\r\n" + "X: y\r\n".repeat(98) + "Content-Length: 2\r\n\r\nhi";
        try (ScriptedServer server = ScriptedServer.answering(head);
                HttpTransport transport = transport(server)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_serverClosesWithoutAnswer_isNoResponse() throws Exception {
        TransportException failure = failureOf(Peer::request);
        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 0, 0, false, false));
    }

    @Test
    void execute_serverResetsWithoutAnswer_isNoResponse() throws Exception {
        TransportException failure = failureOf(peer -> {
            peer.request();
            peer.reset();
        });
        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress().responseStarted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "HTTP/1.1 200 OK\r\n"})
    void execute_headBrokenOff_saysThatTheResponseHadStarted(String part) throws Exception {
        TransportException failure = failureOf(answering(part));
        assertThat(failure.failure()).isIn(TransportFailure.NO_RESPONSE, TransportFailure.MALFORMED);
        assertThat(failure.progress().responseStarted()).isTrue();
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.HEAD);
    }

    @Test
    void execute_keptConnectionClosedOnUse_saysSo() throws Exception {
        BlockingQueue<String> requests = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    requests.add(peer.request());
                    peer.sendOk("hi");
                    requests.add(peer.request());
                });
                HttpTransport transport = transport(server, listener)) {
            fetch(transport);
            TransportException failure =
                    failure(() -> transport.newCall(Calls.post("body"), CallListener.none()).execute());
            assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
            assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 4, 4, false, true));
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(requests).hasSize(2);
        }
    }

    @Test
    void execute_connectionBreaksWhileSending_isSendFailed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(1000);
                    peer.reset();
                });
                HttpTransport transport = transport(server, listener)) {
            TransportException failure = failure(
                    () -> transport.newCall(Calls.post(new byte[50_000_000]), CallListener.none()).execute());
            assertThat(failure.failure()).isEqualTo(TransportFailure.SEND_FAILED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.SEND);
            assertThat(failure.progress().bytesWritten()).isLessThan(50_000_000);
            assertThat(failure.progress().bytesToWrite()).isEqualTo(50_000_000);
            assertThat(failure.progress().responseStarted()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void execute_answerBeforeTheBodyIsSent_isDelivered(boolean closing) throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(100_000);
                    peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                    if (!closing) {
                        peer.awaitEnd();
                    }
                });
                HttpTransport transport = transport(server, listener)) {
            try (TransportResponse response =
                    transport.newCall(Calls.post(new byte[50_000_000]), CallListener.none()).execute()) {
                assertThat(response.status()).isEqualTo(413);
                assertThat(text(response)).isEqualTo("big");
            }
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
        }
    }
}
