package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.failure;
import static dev.paddock.adapters.http.okhttp.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2: calls share a connection, and the counts say so. */
class OkHttpHttp2Test {

    private static SSLContext context;

    private final RecordingListener listener = new RecordingListener();
    private final BlockingQueue<RecordedRequest> seen = Calls.queue();
    private final CountDownLatch slowAnswer = new CountDownLatch(1);
    private final MockWebServer server = new MockWebServer();

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        context = Certificates.selfSigned(directory, "ip:127.0.0.1").context();
    }

    @BeforeEach
    void startServer() throws Exception {
        server.useHttps(context.getSocketFactory());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                seen.add(request);
                if (request.getTarget().equals("/slow")) {
                    slowAnswer.await(10, TimeUnit.SECONDS);
                }
                return new MockResponse(200, okhttp3.Headers.of("X-Case", "Kept"), "hi");
            }
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        slowAnswer.countDown();
        server.close();
    }

    private HttpTransport transport(OkHttpTransportFactory factory) {
        TransportSettings settings = new TransportSettings(
                Duration.ofSeconds(5), Duration.ofSeconds(5), Calls.SETTINGS.lifetimes(), context);
        return factory.create(new Endpoint(true, "127.0.0.1", server.getPort()), settings, listener);
    }

    private HttpTransport http2() {
        return transport(new OkHttpTransportFactory().http2());
    }

    private static TransportCall call(HttpTransport transport, String target) {
        return transport.newCall(
                new TransportRequest("GET", target, Headers.of("X-Given", "a"), new byte[0]), CallListener.none());
    }

    private FutureTask<TransportException> failingSlowly(TransportCall call) throws InterruptedException {
        FutureTask<TransportException> waiting = new FutureTask<>(() -> failure(call::execute));
        Thread.ofVirtual().start(waiting);
        Calls.take(seen);
        return waiting;
    }

    @Test
    void execute_notAskedFor_speaksHttp11() throws Exception {
        try (HttpTransport transport = transport(new OkHttpTransportFactory());
                TransportResponse response = call(transport, "/").execute()) {
            assertThat(response.protocol()).isEqualTo("HTTP/1.1");
            assertThat(text(response)).isEqualTo("hi");
            assertThat(Calls.take(seen).getVersion()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void execute_askedFor_addsNothingToTheRequest() throws Exception {
        try (HttpTransport transport = http2();
                TransportResponse response = call(transport, "/a//b?c=d").execute()) {
            assertThat(response.protocol()).isEqualTo("HTTP/2");
            assertThat(response.headers().first("x-case")).isEqualTo("Kept");
            assertThat(text(response)).isEqualTo("hi");
            RecordedRequest request = Calls.take(seen);
            assertThat(request.getTarget()).isEqualTo("/a//b?c=d");
            assertThat(request.getHeaders().names())
                    .containsExactlyInAnyOrder(":authority", ":scheme", "x-given");
        }
    }

    @Test
    void execute_postWithBody_sendsIt() throws Exception {
        try (HttpTransport transport = http2()) {
            TransportRequest request = Calls.post("body");
            assertThat(text(transport.newCall(request, CallListener.none()).execute())).isEqualTo("hi");
            assertThat(Calls.take(seen).getBody().utf8()).isEqualTo("body");
        }
    }

    @Test
    void execute_severalAtOnce_shareTheConnectionAndAreCounted() throws Exception {
        try (HttpTransport transport = http2()) {
            text(call(transport, "/").execute());
            Calls.take(seen);
            assertThat(transport.idleConnections()).isEqualTo(1);
            List<FutureTask<String>> calls = IntStream.range(0, 5)
                    .mapToObj(number -> new FutureTask<>(() -> text(call(transport, "/slow").execute())))
                    .toList();
            calls.forEach(call -> Thread.ofVirtual().start(call));
            for (int number = 0; number < 5; number++) {
                assertThat(Calls.take(seen).getConnectionIndex()).isZero();
            }
            assertThat(transport.idleConnections()).isZero();
            transport.closeIdle(Duration.ZERO);
            slowAnswer.countDown();
            for (FutureTask<String> call : calls) {
                assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("hi");
            }
            assertThat(listener.opened).hasValue(1);
            assertThat(listener.leasedNew).hasValue(1);
            assertThat(listener.leasedAgain).hasValue(5);
            assertThat(transport.idleConnections()).isEqualTo(1);
            transport.closeIdle(Duration.ZERO);
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.IDLE, 1));
        }
    }

    @Test
    void execute_manyWithoutAConnectionYet_countsEveryLeaseOnce() throws Exception {
        try (HttpTransport transport = http2()) {
            List<FutureTask<String>> calls = IntStream.range(0, 12)
                    .mapToObj(number -> new FutureTask<>(() -> text(call(transport, "/").execute())))
                    .toList();
            calls.forEach(call -> Thread.ofVirtual().start(call));
            for (FutureTask<String> call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("hi");
            }
            assertThat(listener.leasedNew.get()).isEqualTo(listener.opened.get());
            assertThat(listener.leasedNew.get() + listener.leasedAgain.get()).isEqualTo(12);
            assertThat(transport.idleConnections()).isEqualTo(listener.opened.get() - listener.closedInAll());
        }
        assertThat(listener.closedInAll()).isEqualTo(listener.opened.get());
    }

    @Test
    void cancel_oneOfTwo_leavesTheOtherAndTheConnection() throws Exception {
        try (HttpTransport transport = http2()) {
            text(call(transport, "/").execute());
            Calls.take(seen);
            TransportCall doomed = call(transport, "/slow");
            FutureTask<TransportException> waiting = failingSlowly(doomed);
            FutureTask<String> other = new FutureTask<>(() -> text(call(transport, "/slow").execute()));
            Thread.ofVirtual().start(other);
            Calls.take(seen);
            doomed.cancel();
            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            slowAnswer.countDown();
            assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("hi");
            assertThat(listener.closedInAll()).isZero();
            Calls.await(() -> transport.idleConnections() == 1);
        }
    }

    @Test
    void close_withCallsUnderWay_failsThemAsClosed() throws Exception {
        HttpTransport transport = http2();
        FutureTask<TransportException> waiting = failingSlowly(call(transport, "/slow"));
        transport.close();
        assertThat(waiting.get(5, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CLOSED);
        assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.SHUTDOWN, 1));
    }

    @Test
    void execute_connectionNotToBeReused_closesItWhenNobodyElseUsesIt() throws Exception {
        try (HttpTransport transport = http2()) {
            text(transport.newCall(Calls.get().closingConnection(), CallListener.none()).execute());
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.OVERFLOW, 1));
            assertThat(text(call(transport, "/").execute())).isEqualTo("hi");
        }
    }

    @Test
    void newCall_getWithBody_isRefused() {
        try (HttpTransport transport = http2()) {
            TransportRequest request = new TransportRequest("GET", "/", Headers.EMPTY, new byte[] {1});
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> transport.newCall(request, CallListener.none()));
        }
    }
}
