package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportFixture.LONG_TIMEOUTS;
import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A transport looks host names up and tries their addresses. This suite is only for a transport whose factory takes a
 * resolver of host names.
 */
public abstract class ConnectTestSuite extends TransportTestSuite {

    private static final Duration LONG = LONG_TIMEOUTS.connectTimeout();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final CountingConnectionListener counts = new CountingConnectionListener();

    /** Returns a factory of transports that use the given resolver. */
    protected abstract HttpTransportFactory factory(HostResolver names);

    @Override
    public final HttpTransportFactory factory() {
        return factory(host -> List.of(InetAddress.getAllByName(host)));
    }

    @AfterEach
    void nothingReportedOfConnectionsThatNeverOpened() {
        assertThat(counts.closedCount())
                .as("closed connections: each that was reported as opened, and no other")
                .isEqualTo(counts.openedCount());
        assertThat(counts.leasedNewCount())
                .as("leases of new connections: each that was reported as opened, and no other")
                .isEqualTo(counts.openedCount());
    }

    @Safety
    @Test
    void execute_nameWithoutAddress_isUnknownHost() {
        HostResolver nothing = host -> {
            throw new UnknownHostException(host);
        };
        assertThat(connectFailure(resolving(nothing, 80, LONG)).failure())
                .as("the failure of a name that the name service does not know")
                .isEqualTo(TransportFailure.UNKNOWN_HOST);
    }

    @Safety
    @Test
    void execute_connectingHangsAtEveryAddress_timesOutOnceForAll() throws Exception {
        try (BlackHole hole = new BlackHole()) {
            Duration timeout = Duration.ofSeconds(2);
            List<InetAddress> addresses = Collections.nCopies(4, local(1));
            long start = System.nanoTime();
            TransportException failure =
                    connectFailure(resolving(host -> addresses, hole.port(), timeout));

            assertThat(failure.failure()).as("the failure when no address answers").isEqualTo(TransportFailure.TIMEOUT);
            // One limit for each address would take four times as long; the six seconds between are for a busy machine.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("time to give up, with one limit for all addresses together")
                    .isBetween(timeout.minusMillis(10), timeout.multipliedBy(4));
        }
    }

    @Safety
    @Test
    void execute_nameServiceHangs_timesOut() {
        CountDownLatch over = new CountDownLatch(1);
        HostResolver hanging = host -> {
            Eventually.open(over);
            return List.of();
        };
        try {
            assertThat(connectFailure(resolving(hanging, 80, Duration.ofMillis(200))).failure())
                    .as("the failure when the name service does not answer")
                    .isEqualTo(TransportFailure.TIMEOUT);
        } finally {
            over.countDown();
        }
    }

    @Safety
    @Test
    void execute_firstAddressRefuses_usesTheSecond() {
        HostResolver both = host -> List.of(local(2), local(1));
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = resolving(both, server.port(), LONG)) {
            assertThat(fetch(transport)).as("the answer of the second address").isEqualTo("hi");
            assertThat(server.accepted()).as("connections to the second address").isEqualTo(1);
            if (transport.reportedEvents().contains(ConnectionEvent.OPENED)) {
                assertThat(counts.openedCount())
                        .as("connections reported as opened: the refused one was not")
                        .isEqualTo(1);
            }
        }
    }

    @Safety
    @Test
    void execute_firstAddressDoesNotAnswer_isKeptInMind() throws Exception {
        HostResolver both = host -> List.of(local(2), local(1));
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = resolving(both, server.port(), LONG)) {
            try (BlackHole hole = new BlackHole(local(2), server.port())) {
                assertThat(hole.port()).isEqualTo(server.port());
                assertThat(fetch(transport)).as("the answer of the second address").isEqualTo("hi");
            }
            transport.closeIdle(Duration.ZERO);
            try (ServerSocket first = new ServerSocket(server.port(), 5, local(2))) {
                assertThat(fetch(transport)).as("the answer of the address that has answered before").isEqualTo("hi");
                first.setSoTimeout(1);
                assertThatThrownBy(first::accept)
                        .as("a connection to the address that has not answered: it comes last now")
                        .isInstanceOf(SocketTimeoutException.class);
            }
            assertThat(server.accepted()).as("connections to the second address").isEqualTo(2);
            if (transport.reportedEvents().contains(ConnectionEvent.OPENED)) {
                assertThat(counts.openedCount()).as("connections reported as opened: one for each race").isEqualTo(2);
            }
        }
    }

    @Safety
    @Test
    void cancel_whileSeveralAddressesAreTried_failsAtOnce() throws Exception {
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = resolving(host -> Collections.nCopies(3, local(1)), hole.port(), LONG)) {
            CallStartedLatch connecting = new CallStartedLatch();
            TransportCall call = transport.newCall(get("/"), connecting);
            Future<TransportException> waiting = Parallel.start(() -> failureOf(call::execute));
            connecting.await();

            call.cancel();

            assertThat(Parallel.resultOf(waiting).failure())
                    .as("the failure of a call that was cancelled while it connected; its time limit is far away")
                    .isEqualTo(TransportFailure.CANCELLED);
        }
    }

    @Safety
    @Test
    void cancel_whileLookingUpTheName_failsAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        HostResolver slow = host -> {
            asked.countDown();
            Eventually.open(answer);
            return List.of(local(1));
        };
        try (HttpTransport transport = resolving(slow, 1, LONG)) {
            TransportCall call = call(transport, get("/"));
            Future<TransportException> waiting = Parallel.start(() -> failureOf(call::execute));
            Eventually.open(asked);

            call.cancel();

            assertThat(Parallel.resultOf(waiting).failure())
                    .as("the failure of a call that was cancelled during the name lookup; its time limit is far away")
                    .isEqualTo(TransportFailure.CANCELLED);
        } finally {
            answer.countDown();
        }
    }

    @Safety
    @Test
    void execute_hostName_isToldToTheServerTogetherWithTheProtocol() throws Exception {
        List<String> offers = new CopyOnWriteArrayList<>();
        try (ServerSocket listener = ServerIdentity.WRONG_HOST.serverContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpTransport transport = secure("other.example", listener.getLocalPort())) {
            Future<String> body = Parallel.start(() -> fetch(transport));
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.setHandshakeApplicationProtocolSelector((handshaking, protocols) -> {
                    offers.addAll(protocols);
                    return protocols.getFirst();
                });
                socket.startHandshake();
                ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
                assertThat(session.getRequestedServerNames().toString())
                        .as("the server name in the handshake (SNI)")
                        .contains("other.example");
                assertThat(headFrom(socket))
                        .as("the head of the request: Host is the name and the port")
                        .contains("Host: other.example:" + listener.getLocalPort());
                socket.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
                assertThat(Parallel.resultOf(body)).as("the answer").isEqualTo("hi");
                socket.setSoTimeout(1); // closing would wait for the client's end of TLS
            }
            assertThat(offers).as("protocols offered in the handshake (ALPN)").containsExactly("http/1.1");
        }
    }

    @Safety
    @Test
    void execute_serverLeavesDuringHandshake_isNoResponse() {
        ConnectionScript leaving = connection -> {
            connection.skip(10);
            connection.reset();
        };
        try (ScriptedServer server = ScriptedServer.start(leaving);
                HttpTransport transport = secure("127.0.0.1", server.port())) {
            TransportException failure = failureOf(() -> fetch(transport));

            assertThat(failure.failure())
                    .as("the failure when the server resets during the handshake")
                    .isEqualTo(TransportFailure.NO_RESPONSE);
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.TLS);
            assertThat(counts.openedCount()).as("connections reported as opened: one without TLS is not").isZero();
        }
    }

    private HttpTransport resolving(HostResolver names, int port, Duration timeout) {
        return factory(names).create(new Endpoint(false, "host.test", port), settings(timeout, null), counts);
    }

    private HttpTransport secure(String host, int port) {
        return factory(name -> List.of(local(1)))
                .create(
                        new Endpoint(true, host, port),
                        settings(LONG, ServerIdentity.clientContext()),
                        counts);
    }

    private static TransportSettings settings(Duration connectTimeout, @Nullable SSLContext trust) {
        return new TransportSettings(connectTimeout, LONG, LONG_TIMEOUTS.lifetimes(), trust);
    }

    private static InetAddress local(int number) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) number});
    }

    private static TransportException connectFailure(HttpTransport transport) {
        try (transport) {
            TransportException failure = failureOf(() -> call(transport, get("/")).execute());
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.CONNECT);
            assertThat(transport.idleConnections()).as("idle connections").isIn(null, 0);
            return failure;
        }
    }

    private static List<String> headFrom(SSLSocket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }
}
