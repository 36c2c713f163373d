package dev.paddock.adapters.http.apache5;

import static dev.paddock.adapters.http.apache5.Calls.failure;
import static dev.paddock.adapters.http.apache5.Calls.fetch;
import static dev.paddock.adapters.http.apache5.Calls.get;
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
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS: what the library says to a server, and how it takes leave. */
class Apache5TlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private static SSLContext context;

    private final RecordingListener listener = new RecordingListener();

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        context = Certificates.selfSigned(directory, "dns:host.test,ip:127.0.0.1").context();
    }

    private HttpTransport transport(String host, int port, @Nullable SSLContext trust) {
        return transport(host, port, new TransportSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Calls.SETTINGS.lifetimes(), trust));
    }

    private HttpTransport transport(String host, int port, TransportSettings settings) {
        return new Apache5TransportFactory(Names.of(name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}))
                .create(new Endpoint(true, host, port), settings, listener);
    }

    private void assertFailsInTls(HttpTransport transport, TransportFailure expected) {
        TransportException failure = failure(() -> transport.newCall(get(), CallListener.none()).execute());
        assertThat(failure.failure()).isEqualTo(expected);
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
    void execute_serverLeavesDuringHandshake_isNoRefusal() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.readBytes(10);
                    peer.reset();
                });
                HttpTransport transport = transport("127.0.0.1", server.port(), context)) {
            assertFailsInTls(transport, TransportFailure.NO_RESPONSE);
        }
    }
}
