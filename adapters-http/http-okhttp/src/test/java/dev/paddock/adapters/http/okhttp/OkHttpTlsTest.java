package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.failure;
import static dev.paddock.adapters.http.okhttp.Calls.fetch;
import static dev.paddock.adapters.http.okhttp.Calls.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.CloseReason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS: who is trusted, what is said, and that everything else holds over it too. */
class OkHttpTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n";

    private static SSLContext context;

    private final RecordingListener listener = new RecordingListener();

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        context = Certificates.selfSigned(directory, "dns:host.test,ip:127.0.0.1").context();
    }

    private static ScriptedServer server(Consumer<Peer> script) throws Exception {
        return new ScriptedServer(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    private static ScriptedServer answering(String response) throws Exception {
        return server(peer -> {
            while (!peer.request().isEmpty()) {
                peer.send(response);
            }
        });
    }

    private HttpTransport transport(String host, int port, @Nullable SSLContext trust) {
        return transport(host, port, new TransportSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Calls.SETTINGS.lifetimes(), trust));
    }

    private HttpTransport transport(String host, int port, TransportSettings settings) {
        return new OkHttpTransportFactory(Names.of(name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}))
                .create(new Endpoint(true, host, port), settings, listener);
    }

    private void assertTlsFails(HttpTransport transport) {
        TransportException failure = failure(() -> transport.newCall(get(), CallListener.none()).execute());
        assertThat(failure.failure()).isEqualTo(TransportFailure.TLS_FAILED);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.TLS);
        assertThat(listener.opened).hasValue(0);
        assertThat(listener.closedInAll()).isZero();
    }

    @Test
    void execute_trustedServer_reusesConnection() throws Exception {
        try (ScriptedServer server = answering(OK);
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            for (int call = 0; call < 5; call++) {
                assertThat(fetch(transport)).isEqualTo("hi");
            }
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(listener.leasedAgain).hasValue(4);
        }
        assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.SHUTDOWN, 1));
    }

    @Test
    void execute_hostName_isToldToTheServerTogetherWithTheProtocol() throws Exception {
        BlockingQueue<String> offers = Calls.queue();
        try (ServerSocket listening =
                        context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpTransport transport = transport("host.test", listening.getLocalPort(), context)) {
            FutureTask<String> call = new FutureTask<>(() -> fetch(transport));
            Thread.ofVirtual().start(call);
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                socket.setHandshakeApplicationProtocolSelector((handshaking, protocols) -> {
                    offers.addAll(protocols);
                    return protocols.getFirst();
                });
                socket.startHandshake();
                ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
                assertThat(session.getRequestedServerNames().toString()).contains("host.test");
                Peer peer = new Peer(socket);
                assertThat(peer.request()).contains("\r\nHost: host.test:" + listening.getLocalPort() + "\r\n");
                peer.send(OK);
                assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("hi");
                socket.setSoTimeout(1); // closing would wait for the client's end of TLS
            }
            assertThat(List.copyOf(offers)).containsExactly("http/1.1");
        }
    }

    @Test
    void execute_untrustedServer_isRefused() throws Exception {
        try (ScriptedServer server = answering(OK);
                HttpTransport transport = transport("127.0.0.1", server.port(), (SSLContext) null)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_certificateOfAnotherHost_isRefused() throws Exception {
        try (ScriptedServer server = answering(OK);
                HttpTransport transport = transport("other.test", server.port(), context)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_expiredCertificate_isRefused(@TempDir Path directory) throws Exception {
        SSLContext expired = Certificates.expired(directory).context();
        ServerSocket listening =
                expired.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (ScriptedServer server = new ScriptedServer(listening, peer -> peer.send(OK));
                HttpTransport transport = transport("127.0.0.1", server.port(), expired)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_serverBreaksHttpAndKeepsItsSideOpen_failsWithoutWaitingForIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            SSLServerSocket listening = (SSLServerSocket) context.getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listening.setEnabledProtocols(new String[] {version});
            try (ScriptedServer server = new ScriptedServer(listening, peer -> {
                        peer.request();
                        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
                        try {
                            over.await(10, TimeUnit.SECONDS);
                        } catch (InterruptedException interrupted) {
                            throw new IllegalStateException(interrupted);
                        }
                    });
                    HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
                FutureTask<TransportException> failing = new FutureTask<>(() -> failure(() -> fetch(transport)));
                Thread.ofVirtual().start(failing);
                assertThat(failing.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.MALFORMED);
            }
        }
        over.countDown();
    }

    @Test
    void execute_keptConnectionClosedOnUse_saysThatNoResponseStarted() throws Exception {
        try (ScriptedServer server = server(peer -> {
                    peer.request();
                    peer.send(OK);
                    peer.request();
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            fetch(transport);
            TransportException failure =
                    failure(() -> transport.newCall(Calls.post("body"), CallListener.none()).execute());
            assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
            assertThat(failure.progress()).isEqualTo(new CallProgress(CallPhase.HEAD, 4, 4, false, true));
        }
    }

    @Test
    void execute_serverWithoutTls_isRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"));
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_serverLeavesDuringHandshake_isRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(10);
                    peer.reset();
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            assertTlsFails(transport);
        }
    }

    @Test
    void execute_handshakeHangs_timesOut() throws Exception {
        TransportSettings hurried = new TransportSettings(
                Duration.ofSeconds(5), Duration.ofMillis(300), Calls.SETTINGS.lifetimes(), context);
        try (ScriptedServer server = new ScriptedServer(Peer::awaitEnd);
                HttpTransport transport = transport("127.0.0.1", server.port(), hurried)) {
            TransportException failure = failure(() -> transport.newCall(get(), CallListener.none()).execute());
            assertThat(failure.failure()).isEqualTo(TransportFailure.TIMEOUT);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.TLS);
        }
    }

    @Test
    void cancel_duringHandshake_closesConnection() throws Exception {
        BlockingQueue<String> events = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(10);
                    events.add("handshake");
                    events.add(peer.awaitEnd());
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            FutureTask<TransportException> waiting = new FutureTask<>(() -> failure(call::execute));
            Thread.ofVirtual().start(waiting);
            Calls.take(events);
            call.cancel();
            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(Calls.take(events)).isIn("end", "reset");
            assertThat(listener.opened).hasValue(0);
        }
    }

    @Test
    void cancel_whileReadingBody_closesConnection() throws Exception {
        BlockingQueue<String> ends = Calls.queue();
        try (ScriptedServer server = server(peer -> {
                    peer.request();
                    peer.send(CHUNKED);
                    try {
                        ends.add(peer.awaitEnd());
                    } catch (java.io.UncheckedIOException broken) {
                        ends.add("reset");
                    }
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            TransportResponse response = call.execute();
            assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            FutureTask<TransportException> waiting =
                    new FutureTask<>(() -> failure(() -> response.read(new byte[10], 0, 10)));
            Thread.ofVirtual().start(waiting);
            call.cancel();
            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            assertThat(Calls.take(ends)).isIn("end", "reset");
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
        }
    }

    @Test
    void execute_connectionClosedByServerMeanwhile_opensAnother() throws Exception {
        BlockingQueue<Peer> peers = Calls.queue();
        try (ScriptedServer server = server(peer -> {
                    peer.request();
                    peer.send(OK);
                    peers.add(peer);
                    peer.awaitEnd();
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            fetch(transport);
            Calls.take(peers).close();
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.STALE, 1));
        }
    }

    @Test
    void execute_serverSpokeUnasked_isNotTakenForTheAnswer() throws Exception {
        try (ScriptedServer server = answering(OK + "unasked");
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(listener.closed()).containsEntry(CloseReason.STALE, 1);
        }
    }

    @Test
    void execute_serverSpokeUnaskedInTheRecordOfTheBody_isNotTakenForTheAnswer() throws Exception {
        String body = "x".repeat(12_000);
        try (ScriptedServer server =
                        answering("HTTP/1.1 200 OK\r\nContent-Length: 12000\r\n\r\n" + body + "unasked");
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            for (int call = 1; call <= 2; call++) {
                TransportResponse response = transport.newCall(get(), CallListener.none()).execute();
                byte[] buffer = new byte[20_000];
                int received = 0;
                while (received < 12_000) {
                    received += response.read(buffer, received, buffer.length - received);
                }
                assertThat(response.read(buffer, 0, 1)).isEqualTo(-1);
                assertThat(server.accepted()).isEqualTo(call);
            }
        }
    }

    @Test
    void closeIdle_unusedConnection_endsTlsInOrder() throws Exception {
        BlockingQueue<String> ends = Calls.queue();
        try (ScriptedServer server = server(peer -> {
                    peer.request();
                    peer.send(OK);
                    ends.add(peer.awaitEnd());
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            fetch(transport);
            transport.closeIdle(Duration.ZERO);
            assertThat(Calls.take(ends)).isEqualTo("end");
        }
    }

    @Test
    void closeIdle_serverKeepsItsSideOpen_doesNotWait() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = server(peer -> {
                    peer.request();
                    peer.send(OK);
                    try {
                        over.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            fetch(transport);
            FutureTask<Void> closing = new FutureTask<>(() -> transport.closeIdle(Duration.ZERO), null);
            Thread.ofVirtual().start(closing);
            closing.get(4, TimeUnit.SECONDS);
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.IDLE, 1));
        } finally {
            over.countDown();
        }
    }

    @Test
    void read_bodyBrokenOff_isNotComplete() throws Exception {
        try (ScriptedServer server = server(peer -> {
                    peer.request();
                    peer.send(CHUNKED);
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            assertThat(failure(() -> fetch(transport)).failure()).isEqualTo(TransportFailure.TRUNCATED);
        }
    }
}
