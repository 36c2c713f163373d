package dev.paddock.adapters.http.okhttp;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

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
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Failures of a TLS provider that no server can cause: the outcome is typed, no connection stays open, and the pool's counts
 * return to zero. The mocked provider passes bytes through to a real server.
 */
class OkHttpTlsProviderFailureTest {

    private final SSLSession session = mock(SSLSession.class);
    private final SSLContext provider = mock(SSLContext.class);
    private final SSLSocketFactory sockets = mock(SSLSocketFactory.class);

    OkHttpTlsProviderFailureTest() throws IOException {
        when(provider.getSocketFactory()).thenReturn(sockets);
        when(session.getPeerCertificates()).thenReturn(new Certificate[] {mock(X509Certificate.class)});
    }

    /** Something that is done to a mocked TLS socket. */
    private interface Fault {
        void in(SSLSocket socket) throws IOException;
    }

    private void provide(Fault fault) throws IOException {
        when(sockets.createSocket(any(Socket.class), anyString(), anyInt(), anyBoolean())).thenAnswer(invocation -> {
            Socket plain = invocation.getArgument(0);
            SSLSocket secured = mock(SSLSocket.class, withSettings().defaultAnswer(delegatesTo(plain)));
            doReturn(new SSLParameters()).when(secured).getSSLParameters();
            doNothing().when(secured).setSSLParameters(any());
            doNothing().when(secured).startHandshake();
            doReturn(session).when(secured).getSession();
            doReturn("http/1.1").when(secured).getApplicationProtocol();
            fault.in(secured);
            return secured;
        });
    }

    private TransportPoolManager pool() {
        return new TransportPoolManager(new OkHttpTransportFactory(), PoolListener.none(), System::nanoTime);
    }

    private TransportLease lease(TransportPoolManager pool, ScriptedServer server) {
        TransportSettings usual = TransportSettings.DEFAULT;
        TransportSettings settings = new TransportSettings(
                usual.connectTimeout(), usual.tlsTimeout(), usual.lifetimes(), provider);
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

    @ParameterizedTest
    @MethodSource("closingFailures")
    void close_closeOfTheTlsSocketThrows_theIdleConnectionIsClosedAllTheSame(Throwable failure) throws IOException {
        provide(secured -> doThrow(failure).when(secured).close());
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json("{}"));
                TransportPoolManager pool = pool()) {
            TransportLease lease = lease(pool, server);
            assertThat(readAll(lease.newCall(get("/")).execute())).isEqualTo("{}");
            assertThat(pool.pools().getFirst().usage().idle()).isEqualTo(1);
            lease.close();
            Eventually.await("the server sees that the connection is closed", () -> server.open() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("closingFailures")
    void read_closeOfTheTlsSocketThrows_theResponseIsWholeAndNothingLeaks(Throwable failure) throws IOException {
        provide(secured -> doThrow(failure).when(secured).close());
        String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(closing));
        try (ScriptedServer server = ScriptedServer.start(script);
                TransportPoolManager pool = pool();
                TransportLease lease = lease(pool, server)) {
            assertThat(readAll(lease.newCall(get("/")).execute())).isEqualTo("{}");
            assertNothingLeaks(pool, server);
            assertThat(readAll(lease.newCall(get("/")).execute())).isEqualTo("{}");
            assertNothingLeaks(pool, server);
        }
    }

    @ParameterizedTest
    @MethodSource("closingFailures")
    void close_closeOfTheTlsSocketThrows_anAbandonedResponseLeaksNothing(Throwable failure) throws IOException {
        provide(secured -> doThrow(failure).when(secured).close());
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

    @Test
    void execute_sessionWithoutAPeer_isTlsFailedAndLeaksNothing() throws IOException {
        when(session.getPeerCertificates()).thenThrow(new SSLPeerUnverifiedException("no peer"));
        assertTlsFailed(secured -> {});
    }

    @Test
    void execute_sessionWithoutCertificates_isTlsFailedAndLeaksNothing() throws IOException {
        when(session.getPeerCertificates()).thenReturn(new Certificate[0]);
        assertTlsFailed(secured -> {});
    }

    @Test
    void execute_handshakeThrowsARuntimeException_isTlsFailedAndLeaksNothing() throws IOException {
        assertTlsFailed(secured -> doThrow(new IllegalStateException("defect")).when(secured).startHandshake());
    }

    @Test
    void execute_streamsOfTheTlsSocketThrow_isTlsFailedAndLeaksNothing() throws IOException {
        assertTlsFailed(secured -> doThrow(new IOException("no stream")).when(secured).getInputStream());
    }

    private void assertTlsFailed(Fault fault) throws IOException {
        provide(fault);
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json("{}"));
                TransportPoolManager pool = pool();
                TransportLease lease = lease(pool, server)) {
            TransportException failure = catchThrowableOfType(
                    TransportException.class,
                    () -> lease.newCall(get("/"), lease.newTimeout(PhaseLimits.DEFAULT, null)).execute());
            assertThat(failure.failure()).isEqualTo(TransportFailure.TLS_FAILED);
            assertThat(failure.progress().phase()).isEqualTo(CallPhase.TLS);
            assertNothingLeaks(pool, server);
            assertThat(server.requests()).as("requests that the server saw").isEmpty();
        }
    }
}
