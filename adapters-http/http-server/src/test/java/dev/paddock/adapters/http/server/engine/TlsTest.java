package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.testsupport.Eventually;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerLimits.TimeLimit;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.adapters.http.server.ServerTls;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.testsupport.RawClient;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same server behind TLS. */
class TlsTest {

    private static final String PASSWORD = "for-tests";

    @TempDir
    private Path directory;

    private final RecordingHandler handler = new RecordingHandler();
    private SSLContext trusting; // made when first needed: to open a key store takes its time

    @Test
    void requests_overTls_areAnswered() throws Exception {
        try (HttpServer server = start(Duration.ofSeconds(5)); RawClient client = connect(server)) {
            String body = "x".repeat(500_000);
            assertThat(client.post("/a", body).response().body()).isEqualTo("/a 500000");
            assertThat(client.get("/b").response().body()).isEqualTo("/b 0");
        }
    }

    @Test
    void refusal_overTls_reachesTheClientAndEndsTheConnection() throws Exception {
        try (HttpServer server = start(Duration.ofSeconds(5)); RawClient client = connect(server)) {
            client.send("GET /a HTTP/1.1\r\n\r\n").get("/smuggled");
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.read()).isEqualTo(-1);
        }
        assertThat(handler.handled()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 66_000, 1_000_000})
    void client_thatLeavesBehindPipelinedBytes_cancelsTheRequest(int bytes) throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            request.cancellation().onCancel(cancelled::countDown);
            cancelled.await();
        });
        try (HttpServer server = start(Duration.ofSeconds(5))) {
            try (RawClient client = connect(server)) {
                client.get("/a");
                Eventually.await(() -> handler.handled().size() == 1);
                client.send(new byte[bytes]);
            }
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void slowReader_overTls_holdsTheHandlerBack() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            try {
                while (true) {
                    responder.write(new byte[16 * 1024]);
                }
            } catch (ClientGoneException left) {
                gone.countDown();
                throw left;
            }
        });
        ServerLimits limits = ServerLimits.DEFAULT.with(TimeLimit.WRITE_STALL, Duration.ofMillis(300));
        try (HttpServer server = start(Duration.ofSeconds(5), limits); RawClient client = connect(server)) {
            client.get("/a");
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void handshakesThatStandStill_areInNobodysWayAndAreCut() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (HttpServer server = start(Duration.ofSeconds(3))) {
            for (int number = 0; number < 20; number++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                socket.setSoTimeout(10_000);
                silent.add(socket);
            }
            silent.getFirst().getOutputStream().write(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});
            for (int number = 0; number < 3; number++) {
                try (RawClient client = connect(server)) {
                    assertThat(client.get("/a").response().body()).isEqualTo("/a 0");
                }
            }
            for (Socket socket : silent) {
                assertThat(new RawClient(socket).textUntilEnd().length()).as("an alert at most").isLessThan(20);
                socket.close();
            }
            Eventually.await(() -> server.connectionCount() == 0);
        }
    }

    @Test
    void plainHttp_onAPortWithTls_isNotAnswered() throws Exception {
        try (HttpServer server = start(Duration.ofSeconds(5)); RawClient client = new RawClient(server.port())) {
            assertThat(client.get("/a").textUntilEnd()).doesNotContain("HTTP/1.1");
        }
        assertThat(handler.handled()).isEmpty();
    }

    @Test
    void start_withAKeyStoreThatCannotBeUsed_fails() throws Exception {
        ServerTls wrong = ServerTls.of(keyStore(), "wrong");
        HttpServerSettings settings = HttpServerSettings.of("127.0.0.1", 0).withTls(wrong);
        assertThat(wrong.toString()).doesNotContain("wrong");
        assertThatThrownBy(() -> HttpServer.start(settings, handler))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("server.p12")
                .hasMessageNotContaining("wrong");
    }

    private HttpServer start(Duration handshakeTimeout) throws Exception {
        return start(handshakeTimeout, ServerLimits.DEFAULT);
    }

    private HttpServer start(Duration handshakeTimeout, ServerLimits limits) throws Exception {
        return HttpServer.start(HttpServerSettings.of("127.0.0.1", 0).withLimits(limits)
                .withTls(new ServerTls(keyStore(), PASSWORD, handshakeTimeout)), handler);
    }

    private Path keyStore() throws Exception {
        Path file = directory.resolve("server.p12");
        if (!Files.exists(file)) {
            try (InputStream resource = TlsTest.class.getResourceAsStream("server.p12")) {
                long unused = Files.copy(resource, file);
            }
        }
        return file;
    }

    private RawClient connect(HttpServer server) throws Exception {
        if (trusting == null) {
            trusting = trusting();
        }
        return new RawClient(trusting.getSocketFactory().createSocket("127.0.0.1", server.port()));
    }

    private SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
