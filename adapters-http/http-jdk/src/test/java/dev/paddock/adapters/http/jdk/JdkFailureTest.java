package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Calls.call;
import static dev.paddock.adapters.http.jdk.Calls.failure;
import static dev.paddock.adapters.http.jdk.Calls.fetch;
import static dev.paddock.adapters.http.jdk.Calls.get;
import static dev.paddock.adapters.http.jdk.Calls.post;
import static dev.paddock.adapters.http.jdk.Calls.take;
import static dev.paddock.adapters.http.jdk.Calls.text;
import static dev.paddock.adapters.http.jdk.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a misbehaving server does to a call: the failure, how far the call had come, and that nothing is left open. */
class JdkFailureTest {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final BlockingQueue<String> ends = Calls.queue();

    private static TransportException failureOf(TransportRequest request, Consumer<Peer> script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script);
                HttpTransport transport = transport(server)) {
            return failure(() -> fetch(transport, request));
        }
    }

    private static Consumer<Peer> answering(String response) {
        return peer -> {
            peer.request();
            peer.send(response);
        };
    }

    /** Makes a call that fails against a server which leaves it to the client to end the connection. */
    private TransportException failureThatEndsTheConnection(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send(answer);
                    ends.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server)) {
            TransportException failure = failure(() -> fetch(transport));
            assertThat(take(ends)).isIn("end", "reset");
            return failure;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", CHUNKED, CHUNKED + "5\r\nab",
        CHUNKED + "2\r\nab", CHUNKED + "2\r\nab\r\n", CHUNKED + "2\r\nab\r\n0\r\n", CHUNKED + "2"})
    void read_bodyShortOfItsEnd_isTruncated(String response) throws Exception {
        TransportException failure = failureOf(get(), answering(response));

        assertThat(failure.failure()).isEqualTo(TransportFailure.TRUNCATED);
        assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.BODY, 0, 0, true, false));
        assertThat(failure)
                .hasMessage("truncated while waiting for more of the response")
                .hasCauseInstanceOf(Exception.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nab\r\n", "-1\r\nab\r\n", "2\rab\r\n"})
    void read_brokenChunk_isMalformedAndClosesTheConnection(String chunks) throws Exception {
        TransportException failure = failureThatEndsTheConnection(CHUNKED + chunks);

        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void read_bytesBeforeABrokenChunk_areDelivered() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send(CHUNKED + "2\r\nhi\r\n");
                    ends.add(peer.request());
                });
                HttpTransport transport = transport(server);
                TransportResponse response = call(transport, get()).execute()) {
            byte[] buffer = new byte[2];
            assertThat(response.read(buffer, 0, 1)).isEqualTo(1);
            assertThat(response.read(buffer, 1, 1)).isEqualTo(1);
            assertThat(new String(buffer, StandardCharsets.US_ASCII)).isEqualTo("hi");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 200 OK\r\nb d: x\r\n\r\n"})
    void execute_brokenHead_isMalformedAndClosesTheConnection(String response) throws Exception {
        TransportException failure = failureThatEndsTheConnection(response);

        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.HEAD);
        assertThat(failure.progress().responseStarted()).isTrue();
    }

    @Test
    void execute_tooManyFields_isMalformed() throws Exception {
        String head = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(101) + "\r\n";
        assertThat(failureThatEndsTheConnection(head).failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_tooLongLine_isMalformed() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(8200) + "\r\n\r\n";
        assertThat(failureOf(get(), answering(head)).failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_endlessLine_isMalformedBeforeItsEnd() throws Exception {
        TransportException failure = failureThatEndsTheConnection("HTTP/1.1 200 " + "y".repeat(500_000));
        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_tooManyInterimResponses_isMalformed() throws Exception {
        String interim = "HTTP/1.1 103 Early Hints\r\n\r\n";
        TransportException failure = failureThatEndsTheConnection(
                interim.repeat(9) + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @Test
    void execute_limitsReachedButNotPassed_succeeds() throws Exception {
        String head = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(8)
                + "HTTP/1.1 200 OK\r\nX: " + "y".repeat(8000) + "\r\n" + "X: y\r\n".repeat(98)
                + "Content-Length: 2\r\n\r\nhi";
        try (ScriptedServer server = ScriptedServer.answering(head);
                HttpTransport transport = transport(server)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_serverClosesWithoutAnswer_sendsTheRequestOnce() throws Exception {
        BlockingQueue<String> requests = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> requests.add(peer.request()));
                HttpTransport transport = transport(server)) {
            TransportException failure = failure(() -> fetch(transport));

            assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
            assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 0, 0, false, false));
            assertThat(requests.stream().filter(request -> !request.isEmpty())).hasSize(1);
        }
    }

    @Test
    void execute_keptConnectionClosedOnUse_isNoResponse() throws Exception {
        BlockingQueue<String> requests = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    requests.add(peer.request());
                    peer.sendOk("hi");
                    requests.add(peer.request());
                });
                HttpTransport transport = transport(server)) {
            fetch(transport);
            TransportException failure = failure(() -> fetch(transport, post(new byte[4])));

            assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
            // Whether the connection had served before is told with a response only.
            assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 4, 4, false, false));
            assertThat(requests).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "HTTP/1.1 200 OK\r\n"})
    void execute_headBrokenOff_saysThatTheResponseHadStarted(String part) throws Exception {
        TransportException failure = failureOf(get(), answering(part));

        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress().responseStarted()).isTrue();
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.HEAD);
    }

    @Test
    void execute_connectionBreaksWhileSending_isSendFailed() throws Exception {
        TransportException failure = failureOf(post(new byte[50_000_000]), peer -> {
            peer.readBytes(1000);
            peer.reset();
        });

        assertThat(failure.failure()).isEqualTo(TransportFailure.SEND_FAILED);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.SEND);
        assertThat(failure.progress().bytesWritten()).isLessThan(50_000_000);
        assertThat(failure.progress().bytesToWrite()).isEqualTo(50_000_000);
        assertThat(failure.progress().responseStarted()).isFalse();
    }

    @Test
    void execute_answerBeforeTheBodyIsSent_isDelivered() throws Exception {
        int length = 5_000_000;
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(100_000);
                    peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
                    peer.readBytes(length - 100_000);
                    ends.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server);
                TransportResponse response = call(transport, post(new byte[length])).execute()) {
            assertThat(response.status()).isEqualTo(413);
            assertThat(text(response)).isEqualTo("big");
        }
    }

    @Test
    void execute_connectionThatNeverOpens_timesOutWhileConnecting() throws Exception {
        TransportSettings hurried = new TransportSettings(
                Duration.ofMillis(200), Duration.ofSeconds(5), Calls.SETTINGS.lifetimes(), null);
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = transport(hole.endpoint(), hurried)) {
            TransportException failure = failure(() -> fetch(transport));

            assertThat(failure.failure()).isEqualTo(TransportFailure.TIMEOUT);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
        }
    }

    @Test
    void execute_noWayToTheServer_isUnreachable() {
        try (HttpTransport transport = transport(new Endpoint(false, "255.255.255.255", 80), Calls.SETTINGS)) {
            TransportException failure = failure(() -> fetch(transport));

            assertThat(failure.failure()).isEqualTo(TransportFailure.UNREACHABLE);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
        }
    }
}
