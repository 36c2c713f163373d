package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Transports.transport;
import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.failing;
import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** TLS: who is trusted, and that everything else holds over it too. */
class JdkTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n";

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private static ScriptedServer server(ConnectionScript script) {
        return ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), script);
    }

    private static HttpTransport trusting(ScriptedServer server) {
        return trusting(server, ServerIdentity.clientContext());
    }

    private static HttpTransport trusting(ScriptedServer server, @Nullable SSLContext trust) {
        Duration patience = Duration.ofSeconds(5);
        return transport(
                new Endpoint(true, "127.0.0.1", server.port()),
                new TransportSettings(patience, patience, TransportSettings.DEFAULT.lifetimes(), trust));
    }

    private static void assertTlsFails(HttpTransport transport) {
        for (TransportRequest request : List.of(get("/"), post(new byte[10]))) {
            TransportException failure = failureOf(call(transport, request)::execute);
            assertThat(failure.failure()).isEqualTo(TransportFailure.TLS_FAILED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.TLS);
            assertThat(failure.progress().bytesWritten()).isZero();
        }
    }

    @Test
    void execute_trustedServer_reusesTheConnection() {
        try (ScriptedServer server = server(ConnectionScript.sending(OK));
                HttpTransport transport = trusting(server)) {
            for (int call = 0; call < 5; call++) {
                assertThat(fetch(transport)).isEqualTo("hi");
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_untrustedServer_fails() {
        try (ScriptedServer server = server(ConnectionScript.sending(OK));
                HttpTransport transport = trusting(server, null)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_certificateOfAnotherHost_fails() {
        try (ScriptedServer server = ScriptedServer.startSecure(
                        ServerIdentity.WRONG_HOST.serverContext(), ConnectionScript.sending(OK));
                HttpTransport transport = trusting(server)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_serverWithoutTls_fails() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.skip(100);
                    connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                });
                HttpTransport transport = trusting(server)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_serverThatEndsInTheHandshake_fails() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {});
                HttpTransport transport = trusting(server)) {
            assertThat(failureOf(() -> fetch(transport, post(new byte[10]))).failure())
                    .isEqualTo(TransportFailure.TLS_FAILED);
            // The client would send a GET again, and keeps the cause to itself when it is kept from doing so.
            assertThat(failureOf(() -> fetch(transport)).failure())
                    .isIn(TransportFailure.TLS_FAILED, TransportFailure.NO_RESPONSE);
        }
    }

    @Test
    void cancel_duringTheHandshake_failsAtOnceAndTheServerSeesIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.skip(10);
                    events.add("hello");
                    connection.awaitDisconnect();
                    events.add("end");
                });
                HttpTransport transport = trusting(server)) {
            TransportCall call = call(transport, get("/"));
            FutureTask<TransportException> waiting = failing(true, call::execute);
            Eventually.next(events);

            call.cancel();

            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(Eventually.next(events)).isEqualTo("end");
        }
    }

    @Test
    void cancel_whileReading_failsAtOnceAndTheServerSeesIt() throws Exception {
        try (ScriptedServer server = server(connection -> {
                    connection.readRequest();
                    connection.send(CHUNKED);
                    connection.awaitDisconnect();
                    events.add("end");
                });
                HttpTransport transport = trusting(server)) {
            TransportCall call = call(transport, get("/"));
            TransportResponse response = call.execute();
            assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            FutureTask<TransportException> waiting = failing(true, () -> response.read(new byte[10], 0, 10));

            call.cancel();

            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(Eventually.next(events)).isEqualTo("end");
        }
    }

    @Test
    void execute_largeBody_isSentWhole() {
        try (ScriptedServer server = server(connection -> {
                    connection.readRequest();
                    connection.send(OK);
                });
                HttpTransport transport = trusting(server)) {
            String body = "0123456789".repeat(100_000);
            assertThat(fetch(transport, post(body.getBytes(StandardCharsets.US_ASCII)))).isEqualTo("hi");
            assertThat(server.requests()).extracting(ReceivedRequest::body).containsExactly(body);
        }
    }

    @Test
    void read_bodyBrokenOff_isNotComplete() {
        try (ScriptedServer server = server(connection -> {
                    connection.readRequest();
                    connection.send(CHUNKED);
                });
                HttpTransport transport = trusting(server)) {
            assertThat(failureOf(() -> fetch(transport)).failure()).isEqualTo(TransportFailure.TRUNCATED);
        }
    }

    @Test
    void execute_connectionClosedByTheServerWhileIdle_isReplaced() {
        try (ScriptedServer server = server(connection -> {
                    connection.readRequest();
                    connection.send(OK);
                });
                HttpTransport transport = trusting(server)) {
            fetch(transport);
            Eventually.await("the server has closed", () -> server.open() == 0);
            // The client learns of it in a thread of its own; until then a call may still meet the closed connection.
            String second = null;
            for (int attempt = 0; attempt < 100 && second == null; attempt++) {
                try {
                    second = fetch(transport);
                } catch (TransportException stale) {
                    assertThat(stale.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
                }
            }
            assertThat(second).isEqualTo("hi");
        }
    }
}
