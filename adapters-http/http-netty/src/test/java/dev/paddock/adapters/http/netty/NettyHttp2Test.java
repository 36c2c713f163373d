package dev.paddock.adapters.http.netty;

import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ServerIdentity;
import dev.paddock.tck.transport.CountingConnectionListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2: calls share a connection, and the counts say so. */
class NettyHttp2Test {

    private final CountingConnectionListener ledger = new CountingConnectionListener();
    private final BlockingQueue<RecordedRequest> seen = new LinkedBlockingQueue<>();
    private final CountDownLatch slowAnswer = new CountDownLatch(1);
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void startServer() throws Exception {
        server.useHttps(ServerIdentity.LOCAL.serverContext().getSocketFactory());
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

    private HttpTransport transport(NettyTransportFactory factory) {
        TransportSettings settings = new TransportSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                TransportSettings.DEFAULT.lifetimes(),
                ServerIdentity.clientContext());
        return factory.create(new Endpoint(true, "127.0.0.1", server.getPort()), settings, ledger);
    }

    private HttpTransport http2() {
        return transport(new NettyTransportFactory().http2());
    }

    private static TransportCall call(HttpTransport transport, String target) {
        return transport.newCall(
                new TransportRequest("GET", target, Headers.of("X-Given", "a"), new byte[0]), CallListener.none());
    }

    private FutureTask<TransportException> failingSlowly(TransportCall call) {
        FutureTask<TransportException> waiting = new FutureTask<>(() -> failureOf(call::execute));
        Thread.ofVirtual().start(waiting);
        Eventually.next(seen);
        return waiting;
    }

    @Test
    void execute_notAskedFor_speaksHttp11() {
        try (HttpTransport transport = transport(new NettyTransportFactory());
                TransportResponse response = call(transport, "/").execute()) {
            assertThat(response.protocol()).isEqualTo("HTTP/1.1");
            assertThat(readAll(response)).isEqualTo("hi");
            assertThat(Eventually.next(seen).getVersion()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void execute_askedFor_addsNothingToTheRequest() {
        try (HttpTransport transport = http2();
                TransportResponse response = call(transport, "/a//b?c=d").execute()) {
            assertThat(response.protocol()).isEqualTo("HTTP/2");
            assertThat(response.headers().first("x-case")).isEqualTo("Kept");
            assertThat(readAll(response)).isEqualTo("hi");
            RecordedRequest request = Eventually.next(seen);
            assertThat(request.getTarget()).isEqualTo("/a//b?c=d");
            assertThat(request.getHeaders().names())
                    .containsExactlyInAnyOrder(":authority", ":scheme", "x-given");
        }
    }

    @Test
    void execute_postWithBody_sendsIt() {
        try (HttpTransport transport = http2()) {
            TransportRequest request = post(new byte[] {'b', 'o', 'd', 'y'});
            assertThat(readAll(transport.newCall(request, CallListener.none()).execute())).isEqualTo("hi");
            assertThat(Eventually.next(seen).getBody().utf8()).isEqualTo("body");
        }
    }

    @Test
    void execute_severalAtOnce_shareTheConnectionAndAreCounted() throws Exception {
        try (HttpTransport transport = http2()) {
            readAll(call(transport, "/").execute());
            Eventually.next(seen);
            assertThat(transport.idleConnections()).isEqualTo(1);
            List<FutureTask<String>> calls = IntStream.range(0, 5)
                    .mapToObj(number -> new FutureTask<>(() -> readAll(call(transport, "/slow").execute())))
                    .toList();
            calls.forEach(call -> Thread.ofVirtual().start(call));
            for (int number = 0; number < 5; number++) {
                assertThat(Eventually.next(seen).getConnectionIndex()).isZero();
            }
            assertThat(transport.idleConnections()).isZero();
            transport.closeIdle(Duration.ZERO);
            slowAnswer.countDown();
            for (FutureTask<String> call : calls) {
                assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("hi");
            }
            assertThat(ledger.openedCount()).isEqualTo(1);
            assertThat(ledger.leasedNewCount()).isEqualTo(1);
            assertThat(ledger.leasedReusedCount()).isEqualTo(5);
            assertThat(transport.idleConnections()).isEqualTo(1);
            transport.closeIdle(Duration.ZERO);
            assertThat(transport.idleConnections()).isZero();
            assertThat(ledger.closedCounts()).isEqualTo(Map.of(CloseReason.IDLE, 1));
        }
    }

    @Test
    void execute_manyWithoutAConnectionYet_countsEveryLeaseOnce() throws Exception {
        try (HttpTransport transport = http2()) {
            List<FutureTask<String>> calls = IntStream.range(0, 12)
                    .mapToObj(number -> new FutureTask<>(() -> readAll(call(transport, "/").execute())))
                    .toList();
            calls.forEach(call -> Thread.ofVirtual().start(call));
            for (FutureTask<String> call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("hi");
            }
            assertThat(ledger.leasedNewCount()).isEqualTo(ledger.openedCount());
            assertThat(ledger.leasedNewCount() + ledger.leasedReusedCount()).isEqualTo(12);
            assertThat(transport.idleConnections()).isEqualTo(ledger.openedCount() - ledger.closedCount());
        }
        assertThat(ledger.closedCount()).isEqualTo(ledger.openedCount());
    }

    @Test
    void cancel_oneOfTwo_leavesTheOtherAndTheConnection() throws Exception {
        try (HttpTransport transport = http2()) {
            readAll(call(transport, "/").execute());
            Eventually.next(seen);
            TransportCall doomed = call(transport, "/slow");
            FutureTask<TransportException> waiting = failingSlowly(doomed);
            FutureTask<String> other = new FutureTask<>(() -> readAll(call(transport, "/slow").execute()));
            Thread.ofVirtual().start(other);
            Eventually.next(seen);
            doomed.cancel();
            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            slowAnswer.countDown();
            assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("hi");
            assertThat(ledger.closedCount()).isZero();
            Eventually.await("the connection is idle", () -> transport.idleConnections() == 1);
        }
    }

    @Test
    void close_withCallsUnderWay_failsThemAsClosed() throws Exception {
        HttpTransport transport = http2();
        FutureTask<TransportException> waiting = failingSlowly(call(transport, "/slow"));
        transport.close();
        assertThat(waiting.get(5, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CLOSED);
        assertThat(ledger.closedCounts()).isEqualTo(Map.of(CloseReason.SHUTDOWN, 1));
    }

    @Test
    void execute_connectionNotToBeReused_closesItWhenNobodyElseUsesIt() {
        try (HttpTransport transport = http2()) {
            readAll(transport.newCall(get("/").withoutConnectionReuse(), CallListener.none()).execute());
            assertThat(ledger.closedCounts()).isEqualTo(Map.of(CloseReason.OVERFLOW, 1));
            assertThat(readAll(call(transport, "/").execute())).isEqualTo("hi");
        }
    }

    @Test
    void execute_serverSpeaksNoHttp2_fallsBackToHttp11AndReusesTheConnection() throws Exception {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        try (HttpTransport transport = http2()) {
            List<FutureTask<String>> calls = IntStream.range(0, 12)
                    .mapToObj(number -> new FutureTask<>(() -> {
                        try (TransportResponse response = call(transport, "/a").execute()) {
                            assertThat(response.protocol()).isEqualTo("HTTP/1.1");
                            return readAll(response);
                        }
                    }))
                    .toList();
            calls.forEach(call -> Thread.ofVirtual().start(call));
            for (FutureTask<String> call : calls) {
                assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo("hi");
            }
            int opened = ledger.openedCount();
            assertThat(readAll(transport.newCall(post(new byte[] {'b'}), CallListener.none()).execute())).isEqualTo("hi");
            assertThat(ledger.openedCount()).as("connections after one more call").isEqualTo(opened);
            assertThat(ledger.leasedNewCount() + ledger.leasedReusedCount()).isEqualTo(13);
            assertThat(seen).as("requests that the server saw").hasSize(13);
        }
        assertThat(ledger.closedCount()).isEqualTo(ledger.openedCount());
    }
}
