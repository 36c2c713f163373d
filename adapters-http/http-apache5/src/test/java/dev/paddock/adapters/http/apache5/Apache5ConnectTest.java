package dev.paddock.adapters.http.apache5;

import static dev.paddock.adapters.http.apache5.Calls.failure;
import static dev.paddock.adapters.http.apache5.Calls.fetch;
import static dev.paddock.adapters.http.apache5.Calls.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looking up names, and opening connections to what was found. */
class Apache5ConnectTest {

    private final RecordingListener listener = new RecordingListener();

    @AfterEach
    void nothingReportedOfConnectionsThatNeverOpened() {
        assertThat(listener.closedInAll()).isEqualTo(listener.opened.get());
        assertThat(listener.leasedNew).hasValue(listener.opened.get());
    }

    private static TransportSettings connectingWithin(Duration timeout) {
        return new TransportSettings(timeout, Duration.ofSeconds(5), Calls.SETTINGS.lifetimes(), null);
    }

    private HttpTransport resolving(Names.Lookup lookup, int port, Duration timeout) {
        return new Apache5TransportFactory(Names.of(lookup))
                .create(new Endpoint(false, "host.test", port), connectingWithin(timeout), listener);
    }

    private TransportException connectFailure(HttpTransport transport) {
        try (transport) {
            TransportException failure = failure(() -> transport.newCall(get(), CallListener.none()).execute());
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.CONNECT);
            assertThat(transport.idleConnections()).isZero();
            return failure;
        }
    }

    @Test
    void execute_nameWithoutAddress_isUnknownHost() {
        HttpTransport transport = resolving(
                host -> {
                    throw new UnknownHostException(host);
                },
                80,
                Duration.ofSeconds(5));
        assertThat(connectFailure(transport).failure()).isEqualTo(TransportFailure.UNKNOWN_HOST);
    }

    @Test
    void execute_connectingHangsAtEveryAddress_timesOutOnceForAll() throws Exception {
        try (BlackHole hole = new BlackHole()) {
            InetAddress[] addresses = new InetAddress[4];
            Arrays.fill(addresses, InetAddress.getLoopbackAddress());
            long start = System.nanoTime();
            TransportException failure = connectFailure(
                    resolving(host -> addresses, hole.endpoint().port(), Duration.ofMillis(800)));
            assertThat(failure.failure()).isEqualTo(TransportFailure.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(790), Duration.ofMillis(2800));
        }
    }

    @Test
    void execute_nameServiceHangs_timesOut() {
        TransportException failure = connectFailure(resolving(
                host -> {
                    Thread.sleep(5_000);
                    return new InetAddress[0];
                },
                80,
                Duration.ofMillis(200)));
        assertThat(failure.failure()).isEqualTo(TransportFailure.TIMEOUT);
    }

    @Test
    void execute_firstAddressRefuses_usesTheSecond() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = resolving(
                        host -> new InetAddress[] {
                            InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")
                        },
                        server.port(),
                        Duration.ofSeconds(5))) {
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(listener.opened).hasValue(1);
        }
    }

    @Test
    void cancel_whileLookingUpTheName_failsAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Names.Lookup slow = host -> {
            asked.countDown();
            answer.await(10, TimeUnit.SECONDS);
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
        try (HttpTransport transport = resolving(slow, 1, Duration.ofSeconds(5))) {
            TransportCall call = transport.newCall(get(), CallListener.none());
            FutureTask<TransportException> waiting = new FutureTask<>(() -> failure(call::execute));
            Thread.ofVirtual().start(waiting);
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            call.cancel();
            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
        } finally {
            answer.countDown();
        }
    }
}
