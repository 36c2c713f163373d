package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.when;

import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.io.IOException;
import java.security.cert.Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Failures of a TLS provider that no server can cause: the outcome is typed, no connection stays open, and the pool's counts
 * return to zero. The mocked provider passes bytes through to a real server. Only for a transport that lets the socket factory of
 * the settings put TLS on top of a connected socket; its tests need Mockito, which the kit does not bring.
 */
public abstract class TlsProviderTestSuite extends TransportTestSuite {

    private final MockedTlsProvider provider = new MockedTlsProvider();

    /** Returns the failure when a TLS socket has no streams, TLS_FAILED or SEND_FAILED: libraries ask for them at different times. */
    protected abstract TransportFailure failureWithoutStreams();

    private TransportPoolManager pool() {
        return new TransportPoolManager(transports(), PoolListener.none(), System::nanoTime);
    }

    private TransportLease lease(TransportPoolManager pool, ScriptedServer server) {
        TransportSettings usual = TransportSettings.DEFAULT;
        TransportSettings settings = new TransportSettings(
                usual.connectTimeout(), usual.tlsTimeout(), usual.lifetimes(), provider.context());
        return pool.lease(new Endpoint(true, "127.0.0.1", server.port()), settings, PoolLimits.DEFAULT);
    }

    private static void assertNothingLeaks(TransportPoolManager pool, ScriptedServer server) {
        EndpointPool.Usage usage = pool.pools().getFirst().usage();
        assertThat(usage.leased()).as("permits that are taken").isZero();
        assertThat(usage.idle()).as("idle connections").isZero();
        Eventually.await("the server sees that every connection is closed", () -> server.open() == 0);
    }

    static Stream<Throwable> closingFailures() {
        return Stream.of(new IOException("close failed"), new IllegalStateException("defect of the provider"));
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @MethodSource("closingFailures")
    void close_closeOfTheTlsSocketThrows_theIdleConnectionIsClosedAllTheSame(Throwable failure) throws IOException {
        provider.provide(secured -> doThrow(failure).when(secured).close());
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json("{}"));
                TransportPoolManager pool = pool()) {
            TransportLease lease = lease(pool, server);
            assertThat(readAll(lease.newCall(get("/")).execute())).as("the answer").isEqualTo("{}");
            assertThat(pool.pools().getFirst().usage().idle()).as("idle connections").isEqualTo(1);
            lease.close();
            Eventually.await("the server sees that the connection is closed", () -> server.open() == 0);
        }
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @MethodSource("closingFailures")
    void read_closeOfTheTlsSocketThrows_theResponseIsWholeAndNothingLeaks(Throwable failure) throws IOException {
        provider.provide(secured -> doThrow(failure).when(secured).close());
        String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(closing));
        try (ScriptedServer server = ScriptedServer.start(script);
                TransportPoolManager pool = pool();
                TransportLease lease = lease(pool, server)) {
            assertThat(readAll(lease.newCall(get("/")).execute())).as("the answer").isEqualTo("{}");
            assertNothingLeaks(pool, server);
            assertThat(readAll(lease.newCall(get("/")).execute())).as("the answer").isEqualTo("{}");
            assertNothingLeaks(pool, server);
        }
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @MethodSource("closingFailures")
    void close_closeOfTheTlsSocketThrows_anAbandonedResponseLeaksNothing(Throwable failure) throws IOException {
        provider.provide(secured -> doThrow(failure).when(secured).close());
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
            connection.awaitDisconnect();
        };
        try (ScriptedServer server = ScriptedServer.start(script);
                TransportPoolManager pool = pool();
                TransportLease lease = lease(pool, server)) {
            TransportResponse response = lease.newCall(get("/")).execute();
            response.close();
            assertNothingLeaks(pool, server);
        }
    }

    @Safety
    @Test
    void execute_sessionWithoutAPeer_isTlsFailedAndLeaksNothing() throws IOException {
        when(provider.session().getPeerCertificates()).thenThrow(new SSLPeerUnverifiedException("no peer"));
        assertTlsFailed(secured -> {});
    }

    @Safety
    @Test
    void execute_sessionWithoutCertificates_isTlsFailedAndLeaksNothing() throws IOException {
        when(provider.session().getPeerCertificates()).thenReturn(new Certificate[0]);
        assertTlsFailed(secured -> {});
    }

    @Safety
    @Test
    void execute_handshakeThrowsARuntimeException_isTlsFailedAndLeaksNothing() throws IOException {
        assertTlsFailed(secured -> doThrow(new IllegalStateException("defect")).when(secured).startHandshake());
    }

    @Safety
    @Test
    void execute_streamsOfTheTlsSocketThrow_isTypedAndLeaksNothing() throws IOException {
        CallPhase phase = failureWithoutStreams() == TransportFailure.TLS_FAILED ? CallPhase.TLS : CallPhase.SEND;
        assertFailed(failureWithoutStreams(), phase, secured -> {
            doThrow(new IOException("no stream")).when(secured).getInputStream();
            doThrow(new IOException("no stream")).when(secured).getOutputStream();
        });
    }

    private void assertTlsFailed(MockedTlsProvider.Fault fault) throws IOException {
        assertFailed(TransportFailure.TLS_FAILED, CallPhase.TLS, fault);
    }

    private void assertFailed(TransportFailure expected, CallPhase phase, MockedTlsProvider.Fault fault) throws IOException {
        provider.provide(fault);
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json("{}"));
                TransportPoolManager pool = pool();
                TransportLease lease = lease(pool, server)) {
            TransportException failure = catchThrowableOfType(
                    TransportException.class,
                    () -> lease.newCall(get("/"), lease.newTimeout(PhaseLimits.DEFAULT, null)).execute());
            assertThat(failure.failure()).as("the failure of the call").isEqualTo(expected);
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(phase);
            assertNothingLeaks(pool, server);
            assertThat(server.requests()).as("requests that the server saw").isEmpty();
        }
    }
}
