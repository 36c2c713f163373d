package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.tck.server.Http2Server;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Over HTTP/2 calls share a connection, and the counts say so. For a transport that speaks HTTP/2 and reports every event of its
 * connections; needs MockWebServer.
 */
public abstract class Http2TestSuite {

    private final CountingConnectionListener ledger = new CountingConnectionListener();
    private final Http2Server server = Http2Server.start();

    @AfterEach
    final void stopServer() {
        server.close();
    }

    /** Returns the factory of transports that speak HTTP/1.1 only. */
    protected abstract HttpTransportFactory http1Only();

    /** Returns the factory of transports that also offer HTTP/2. */
    protected abstract HttpTransportFactory http2();

    private HttpTransport transport(HttpTransportFactory factory) {
        return factory.create(server.endpoint(), Http2Server.clientSettings(), ledger);
    }

    private static TransportCall call(HttpTransport transport, String target) {
        return transport.newCall(
                new TransportRequest("GET", target, Headers.of("X-Given", "a"), new byte[0]), CallListener.none());
    }

    private FutureTask<TransportException> failingSlowly(TransportCall call) {
        FutureTask<TransportException> waiting = new FutureTask<>(() -> failureOf(call::execute));
        Thread.ofVirtual().start(waiting);
        server.nextRequest();
        return waiting;
    }

    @Test
    void execute_notAskedFor_speaksHttp11() {
        try (HttpTransport transport = transport(http1Only());
                TransportResponse response = call(transport, "/").execute()) {
            assertThat(response.protocol()).isEqualTo("HTTP/1.1");
            assertThat(readAll(response)).isEqualTo("hi");
            assertThat(server.nextRequest().getVersion()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void execute_askedFor_addsNothingToTheRequest() {
        try (HttpTransport transport = transport(http2());
                TransportResponse response = call(transport, "/a//b?c=d").execute()) {
            assertThat(response.protocol()).isEqualTo("HTTP/2");
            assertThat(response.headers().first("x-case")).isEqualTo("Kept");
            assertThat(readAll(response)).isEqualTo("hi");
            RecordedRequest request = server.nextRequest();
            assertThat(request.getTarget()).isEqualTo("/a//b?c=d");
            assertThat(String.valueOf(request.getHeaders()).lines().map(field -> field.substring(0, field.indexOf(": "))))
                    .containsExactlyInAnyOrder(":authority", ":scheme", "x-given");
        }
    }

    @Test
    void execute_postWithBody_sendsIt() {
        try (HttpTransport transport = transport(http2())) {
            TransportRequest request = post(new byte[] {'b', 'o', 'd', 'y'});
            assertThat(readAll(transport.newCall(request, CallListener.none()).execute())).isEqualTo("hi");
            assertThat(server.nextRequest().getBody()).hasToString("[text=body]");
        }
    }

    @Test
    void execute_severalAtOnce_shareTheConnectionAndAreCounted() throws Exception {
        try (HttpTransport transport = transport(http2())) {
            readAll(call(transport, "/").execute());
            server.nextRequest();
            assertThat(transport.idleConnections()).isEqualTo(1);
            List<FutureTask<String>> calls = IntStream.range(0, 5)
                    .mapToObj(number -> new FutureTask<>(() -> readAll(call(transport, "/slow").execute())))
                    .toList();
            calls.forEach(call -> Thread.ofVirtual().start(call));
            for (int number = 0; number < 5; number++) {
                assertThat(server.nextRequest().getConnectionIndex()).isZero();
            }
            assertThat(transport.idleConnections()).isZero();
            transport.closeIdle(Duration.ZERO);
            server.answerSlow();
            for (FutureTask<String> call : calls) {
                assertThat(Parallel.resultOf(call)).isEqualTo("hi");
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
        try (HttpTransport transport = transport(http2())) {
            List<FutureTask<String>> calls = IntStream.range(0, 12)
                    .mapToObj(number -> new FutureTask<>(() -> readAll(call(transport, "/").execute())))
                    .toList();
            calls.forEach(call -> Thread.ofVirtual().start(call));
            for (FutureTask<String> call : calls) {
                assertThat(Parallel.resultOf(call)).isEqualTo("hi");
            }
            assertThat(ledger.leasedNewCount()).isEqualTo(ledger.openedCount());
            assertThat(ledger.leasedNewCount() + ledger.leasedReusedCount()).isEqualTo(12);
            assertThat(transport.idleConnections()).isEqualTo(ledger.openedCount() - ledger.closedCount());
        }
        assertThat(ledger.closedCount()).isEqualTo(ledger.openedCount());
    }

    @Test
    void cancel_oneOfTwo_leavesTheOtherAndTheConnection() throws Exception {
        try (HttpTransport transport = transport(http2())) {
            readAll(call(transport, "/").execute());
            server.nextRequest();
            TransportCall doomed = call(transport, "/slow");
            FutureTask<TransportException> waiting = failingSlowly(doomed);
            FutureTask<String> other = new FutureTask<>(() -> readAll(call(transport, "/slow").execute()));
            Thread.ofVirtual().start(other);
            server.nextRequest();
            doomed.cancel();
            assertThat(Parallel.resultOf(waiting).failure()).isEqualTo(TransportFailure.CANCELLED);
            server.answerSlow();
            assertThat(Parallel.resultOf(other)).isEqualTo("hi");
            assertThat(ledger.closedCount()).isZero();
            Eventually.await("the connection is idle", () -> Integer.valueOf(1).equals(transport.idleConnections()));
        }
    }

    @Test
    void close_withCallsUnderWay_failsThemAsClosed() throws Exception {
        HttpTransport transport = transport(http2());
        FutureTask<TransportException> waiting = failingSlowly(call(transport, "/slow"));
        transport.close();
        assertThat(Parallel.resultOf(waiting).failure()).isEqualTo(TransportFailure.CLOSED);
        assertThat(ledger.closedCounts()).isEqualTo(Map.of(CloseReason.SHUTDOWN, 1));
    }

    @Test
    void execute_connectionNotToBeReused_closesItWhenNobodyElseUsesIt() {
        try (HttpTransport transport = transport(http2())) {
            readAll(transport.newCall(get("/").withoutConnectionReuse(), CallListener.none()).execute());
            assertThat(ledger.closedCounts()).isEqualTo(Map.of(CloseReason.OVERFLOW, 1));
            assertThat(readAll(call(transport, "/").execute())).isEqualTo("hi");
        }
    }

    @Test
    void execute_serverSpeaksNoHttp2_fallsBackToHttp11AndReusesTheConnection() throws Exception {
        server.withdrawHttp2();
        try (HttpTransport transport = transport(http2())) {
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
                assertThat(Parallel.resultOf(call)).isEqualTo("hi");
            }
            int opened = ledger.openedCount();
            assertThat(readAll(transport.newCall(post(new byte[] {'b'}), CallListener.none()).execute())).isEqualTo("hi");
            assertThat(ledger.openedCount()).as("connections after one more call").isEqualTo(opened);
            assertThat(ledger.leasedNewCount() + ledger.leasedReusedCount()).isEqualTo(13);
            assertThat(server.waitingRequests()).as("requests that the server saw").isEqualTo(13);
        }
        assertThat(ledger.closedCount()).isEqualTo(ledger.openedCount());
    }

    /** Meanwhile more of the body arrives than is kept for its reader. */
    @Test
    void forward_bodyReadInPart_handsOverTheRestInOrder() throws Exception {
        StringBuilder body = new StringBuilder();
        try (HttpTransport transport = transport(http2());
                TransportResponse response = call(transport, "/large").execute()) {
            byte[] first = new byte[16];
            int count = response.read(first, 0, first.length);
            body.append(new String(first, 0, count, StandardCharsets.US_ASCII));
            for (int other = 0; other < 5; other++) {
                assertThat(readAll(call(transport, "/").execute())).isEqualTo("hi");
            }
            FutureTask<Boolean> forwarding = new FutureTask<>(() -> {
                response.forward(new Collector(body));
                return true;
            });
            Thread.ofVirtual().start(forwarding);
            assertThat(Parallel.resultOf(forwarding)).isTrue();
        }
        assertThat(body.toString()).isEqualTo("0123456789abcdef".repeat(Http2Server.LARGE / 16));
    }

    private record Collector(StringBuilder body) implements BodyReceiver {

        @Override
        public boolean receive(byte[] buffer, int offset, int length) {
            body.append(new String(buffer, offset, length, StandardCharsets.US_ASCII));
            return true;
        }

        @Override
        public void whenReady(Runnable resume) {
            resume.run();
        }
    }
}
