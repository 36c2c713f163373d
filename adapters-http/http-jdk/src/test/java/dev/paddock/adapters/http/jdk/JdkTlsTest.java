package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Calls.call;
import static dev.paddock.adapters.http.jdk.Calls.failing;
import static dev.paddock.adapters.http.jdk.Calls.failure;
import static dev.paddock.adapters.http.jdk.Calls.fetch;
import static dev.paddock.adapters.http.jdk.Calls.get;
import static dev.paddock.adapters.http.jdk.Calls.post;
import static dev.paddock.adapters.http.jdk.Calls.take;
import static dev.paddock.adapters.http.jdk.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS: who is trusted, and that everything else holds over it too. */
class JdkTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n";

    private static SSLContext context;

    private final BlockingQueue<String> events = Calls.queue();

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        context = Certificates.selfSigned(directory, "dns:host.test,ip:127.0.0.1").context();
    }

    private static ScriptedServer server(SSLContext key, Consumer<Peer> script) throws Exception {
        return new ScriptedServer(
                key.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    private static ScriptedServer answering(String response) throws Exception {
        return server(context, peer -> {
            while (!peer.request().isEmpty()) {
                peer.send(response);
            }
        });
    }

    private static HttpTransport trusting(ScriptedServer server, @Nullable SSLContext trust) {
        return trusting("127.0.0.1", server, trust);
    }

    private static HttpTransport trusting(String host, ScriptedServer server, @Nullable SSLContext trust) {
        Duration patience = Duration.ofSeconds(5);
        return transport(
                new Endpoint(true, host, server.port()),
                new TransportSettings(patience, patience, Calls.SETTINGS.lifetimes(), trust));
    }

    private static void assertTlsFails(HttpTransport transport) {
        for (TransportCall call : new TransportCall[] {call(transport, get()), call(transport, post(new byte[10]))}) {
            TransportException failure = failure(call::execute);
            assertThat(failure.failure()).isEqualTo(TransportFailure.TLS_FAILED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.TLS);
            assertThat(failure.progress().bytesWritten()).isZero();
        }
    }

    @Test
    void execute_trustedServer_reusesTheConnection() throws Exception {
        try (ScriptedServer server = answering(OK);
                HttpTransport transport = trusting(server, context)) {
            for (int call = 0; call < 5; call++) {
                assertThat(fetch(transport)).isEqualTo("hi");
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_untrustedServer_fails() throws Exception {
        try (ScriptedServer server = answering(OK);
                HttpTransport transport = trusting(server, null)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_certificateOfAnotherHost_fails() throws Exception {
        try (ScriptedServer server = answering(OK);
                HttpTransport transport = trusting("localhost", server, context)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_serverWithoutTls_fails() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(100);
                    peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                });
                HttpTransport transport = trusting(server, context)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_serverThatEndsInTheHandshake_fails() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Peer::close);
                HttpTransport transport = trusting(server, context)) {
            assertThat(failure(() -> fetch(transport, post(new byte[10]))).failure())
                    .isEqualTo(TransportFailure.TLS_FAILED);
            // The client would send a GET again, and keeps the cause to itself when it is kept from doing so.
            assertThat(failure(() -> fetch(transport)).failure())
                    .isIn(TransportFailure.TLS_FAILED, TransportFailure.NO_RESPONSE);
        }
    }

    @Test
    void cancel_duringTheHandshake_failsAtOnceAndTheServerSeesIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(10);
                    events.add("hello");
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = trusting(server, context)) {
            TransportCall call = call(transport, get());
            FutureTask<TransportException> waiting = failing(true, call::execute);
            take(events);

            call.cancel();

            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(take(events)).isIn("end", "reset");
        }
    }

    @Test
    void cancel_whileReading_failsAtOnceAndTheServerSeesIt() throws Exception {
        try (ScriptedServer server = server(context, peer -> {
                    peer.request();
                    peer.send(CHUNKED);
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = trusting(server, context)) {
            TransportCall call = call(transport, get());
            TransportResponse response = call.execute();
            assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            FutureTask<TransportException> waiting = failing(true, () -> response.read(new byte[10], 0, 10));

            call.cancel();

            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(take(events)).isIn("end", "reset");
        }
    }

    @Test
    void execute_largeBody_isSentWhole() throws Exception {
        try (ScriptedServer server = server(context, peer -> {
                    events.add(peer.request());
                    peer.send(OK);
                });
                HttpTransport transport = trusting(server, context)) {
            String body = "0123456789".repeat(100_000);
            assertThat(fetch(transport, post(body.getBytes(StandardCharsets.US_ASCII)))).isEqualTo("hi");
            assertThat(take(events)).endsWith("\r\n\r\n" + body);
        }
    }

    @Test
    void read_bodyBrokenOff_isNotComplete() throws Exception {
        try (ScriptedServer server = server(context, peer -> {
                    peer.request();
                    peer.send(CHUNKED);
                });
                HttpTransport transport = trusting(server, context)) {
            assertThat(failure(() -> fetch(transport)).failure()).isEqualTo(TransportFailure.TRUNCATED);
        }
    }

    @Test
    void execute_connectionClosedByTheServerWhileIdle_isReplaced() throws Exception {
        try (ScriptedServer server = server(context, peer -> {
                    peer.request();
                    peer.send(OK);
                    peer.close();
                    events.add("closed");
                });
                HttpTransport transport = trusting(server, context)) {
            fetch(transport);
            take(events);
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
