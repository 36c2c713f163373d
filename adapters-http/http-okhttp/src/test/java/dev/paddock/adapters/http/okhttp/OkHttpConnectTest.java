package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.failure;
import static dev.paddock.adapters.http.okhttp.Calls.fetch;
import static dev.paddock.adapters.http.okhttp.Calls.get;
import static dev.paddock.adapters.http.okhttp.Calls.transport;
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
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Opening connections, and failing to. */
class OkHttpConnectTest {

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
        return new OkHttpTransportFactory(Names.of(lookup))
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
    void execute_nobodyListens_isRefused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        TransportException failure =
                connectFailure(transport(new Endpoint(false, "127.0.0.1", port), Calls.SETTINGS, listener));
        assertThat(failure.failure()).isEqualTo(TransportFailure.CONNECTION_REFUSED);
        assertThat(failure).hasMessage("connection refused while connecting");
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
    void execute_platformKnowsNoAddress_isUnknownHost() {
        HttpTransport transport =
                transport(new Endpoint(false, "no-such-host.invalid", 80), Calls.SETTINGS, listener);
        assertThat(connectFailure(transport).failure()).isEqualTo(TransportFailure.UNKNOWN_HOST);
    }

    @Test
    void execute_connectingHangs_timesOutWithinAFractionOfASecond() throws Exception {
        try (BlackHole hole = new BlackHole()) {
            long start = System.nanoTime();
            TransportException failure =
                    connectFailure(transport(hole.endpoint(), connectingWithin(Duration.ofMillis(200)), listener));
            assertThat(failure.failure()).isEqualTo(TransportFailure.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(190), Duration.ofSeconds(3));
        }
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
    void execute_noRouteToHost_isUnreachable() {
        // A limited broadcast address cannot be connected to; the platform says so at once.
        HttpTransport transport = transport(new Endpoint(false, "255.255.255.255", 80), Calls.SETTINGS, listener);
        assertThat(connectFailure(transport).failure()).isEqualTo(TransportFailure.UNREACHABLE);
    }
}
