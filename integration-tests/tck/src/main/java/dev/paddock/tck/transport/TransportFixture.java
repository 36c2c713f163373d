package dev.paddock.tck.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A transport under test, the server it talks to, and the counts of its connections. */
public final class TransportFixture implements AutoCloseable {

    /** Settings under which nothing times out or grows old during a test. */
    public static final TransportSettings LONG_TIMEOUTS = new TransportSettings(
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            new ConnectionLifetimes(Duration.ofMinutes(5), Duration.ofMinutes(30)),
            null);

    private final ScriptedServer server;
    private final CountingConnectionListener counts = new CountingConnectionListener();
    private final HttpTransport transport;

    private TransportFixture(
            HttpTransportFactory factory, TransportSettings settings, boolean secure, ScriptedServer server) {
        this.server = server;
        String host = secure ? "localhost" : "127.0.0.1";
        this.transport = factory.create(new Endpoint(secure, host, server.port()), settings, counts);
    }

    /** Starts a server with the given script, and a patient transport to it. */
    public static TransportFixture start(HttpTransportFactory factory, ConnectionScript script) {
        return start(factory, LONG_TIMEOUTS, script);
    }

    /** Starts a server with the given script, and a transport to it with the given settings. */
    public static TransportFixture start(
            HttpTransportFactory factory, TransportSettings settings, ConnectionScript script) {
        return new TransportFixture(factory, settings, false, ScriptedServer.start(script));
    }

    /** Starts a server with the given script that speaks TLS, and a patient transport to it that trusts it. */
    public static TransportFixture startSecure(HttpTransportFactory factory, ConnectionScript script) {
        return startSecure(factory, ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), script));
    }

    /** Starts a patient transport that speaks TLS, and trusts this kit's authority, to a server that need not. */
    public static TransportFixture startSecure(HttpTransportFactory factory, ScriptedServer server) {
        TransportSettings settings = new TransportSettings(
                LONG_TIMEOUTS.connectTimeout(), LONG_TIMEOUTS.tlsTimeout(), LONG_TIMEOUTS.lifetimes(), ServerIdentity.clientContext());
        return new TransportFixture(factory, settings, true, server);
    }

    /** Returns the server. */
    public ScriptedServer server() {
        return server;
    }

    /** Returns the counts of the transport's connections. */
    public CountingConnectionListener connectionCounts() {
        return counts;
    }

    /** Returns the transport under test. */
    public HttpTransport transport() {
        return transport;
    }

    /** Returns a GET request. */
    public static TransportRequest get(String target) {
        return new TransportRequest("GET", target, Headers.EMPTY, new byte[0]);
    }

    /** Returns a POST request with a JSON body. */
    public static TransportRequest post(String target, String body) {
        return new TransportRequest(
                "POST",
                target,
                Headers.of("Content-Type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a request and returns the whole body as text. */
    public String fetch(TransportRequest request) {
        return TransportCalls.fetch(transport, request);
    }

    /** Makes a call that has to fail and returns how it did. */
    public TransportException failureOf(TransportRequest request) {
        return TransportCalls.failureOf(() -> fetch(request));
    }

    /** Requires that so many connections and no others were closed, all for one reason, as far as the transport reports it. */
    public void assertClosed(int connections, CloseReason reason) {
        assertClosed(connections, connections, reason);
    }

    /** Requires that at least and at most these many connections were closed, all for the same reason. */
    void assertClosed(int least, int most, CloseReason reason) {
        if (transport.reportedEvents().contains(ConnectionEvent.CLOSED)) {
            Eventually.await(
                    () -> "closed are " + counts.closedCount() + " connections, not " + least,
                    () -> counts.closedCount() >= least);
            assertThat(counts.closedCount()).as("closed connections").isBetween(least, most);
            assertThat(counts.closedCount(reason)).as("closed as " + reason).isBetween(least, most);
        }
    }

    /** Requires that no connection is open or counted as such: the one there was did not serve to its end. */
    public void assertOneDiscarded() {
        assertThat(transport.idleConnections()).as("idle connections").isIn(null, 0);
        assertThat(server.accepted()).as("accepted connections").isEqualTo(1);
        if (transport.reportedEvents().contains(ConnectionEvent.OPENED)) {
            assertThat(counts.openedCount()).as("opened connections").isEqualTo(1);
        }
        assertClosed(1, CloseReason.DISCARDED);
        Eventually.await("the server sees it", () -> server.open() == 0);
    }

    /** Requires that no connection was ever reported. */
    public void assertNoneOpened() {
        assertThat(counts.openedCount()).as("opened connections").isZero();
        assertThat(counts.closedCount()).as("closed connections").isZero();
        assertThat(transport.idleConnections()).as("idle connections").isIn(null, 0);
    }

    /** Reads what is left of a body as text. */
    public static String readAll(TransportResponse response) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        for (int count = response.read(buffer, 0, buffer.length);
                count >= 0;
                count = response.read(buffer, 0, buffer.length)) {
            body.write(buffer, 0, count);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        transport.close();
        server.close();
    }
}
