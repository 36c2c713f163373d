package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.failure;
import static dev.paddock.adapters.http.okhttp.Calls.fetch;
import static dev.paddock.adapters.http.okhttp.Calls.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** TLS: what the library says to a server, and how it takes leave. */
class OkHttpTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

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

    private HttpTransport transport(String host, int port, @Nullable SSLContext trust) {
        return transport(host, port, new TransportSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Calls.SETTINGS.lifetimes(), trust));
    }

    private HttpTransport transport(String host, int port, TransportSettings settings) {
        return new OkHttpTransportFactory(Names.of(name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}))
                .create(new Endpoint(true, host, port), settings, listener);
    }

    private void assertServerIsGone(HttpTransport transport) {
        TransportException failure = failure(() -> transport.newCall(get(), CallListener.none()).execute());
        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.TLS);
        assertThat(listener.opened).hasValue(0);
        assertThat(listener.closedInAll()).isZero();
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
    void execute_serverLeavesDuringHandshake_isNoResponse() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(10);
                    peer.reset();
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            assertServerIsGone(transport);
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
}
