package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.BlackHole;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A transport reaches servers through a proxy: by a tunnel where the server speaks TLS, else in absolute form. A failure says whether the
 * proxy or the server is the reason, and credentials reach the proxy only.
 *
 * <p>A transport that cannot give credentials to a proxy refuses such settings when it is created.
 */
public abstract class ProxyTestSuite extends ProxyTestFixture {

    private static final String AUTHORIZATION = "Proxy-Authorization: Basic cGFkZG9jazpwYXNzOnfDtnJ0";
    private static final String OPENED = "HTTP/1.1 200 Connection established\r\n\r\n";

    // What works.

    @Safety
    @Test
    void execute_serverWithTls_isReachedByATunnelThatIsReused() {
        try (ScriptedServer server = secureServer();
                ScriptedServer proxy = ScriptedServer.start(tunnel(OPENED, server));
                HttpTransport transport = secure(server.port(), proxy, null)) {
            for (int number = 1; number <= 3; number++) {
                assertThat(fetch(transport, post("/api?x=1", "body"))).as("the answer through the tunnel").isEqualTo("{}");
            }
            assertThat(proxy.accepted()).as("connections to the proxy: one tunnel serves all calls in turn").isEqualTo(1);
            String target = "localhost:" + server.port();
            assertThat(proxy.requests()).as("what the proxy was asked").hasSize(1);
            assertThat(proxy.requests().getFirst().requestLine()).as("the request for the tunnel").isEqualTo("CONNECT " + target + " HTTP/1.1");
            assertThat(proxy.requests().getFirst().fields()).as("its fields").contains("Host: " + target).noneMatch(ProxyTestSuite::isCredential);
            assertThat(server.requests())
                    .extracting(ReceivedRequest::requestLine)
                    .as("the requests that the server received")
                    .containsOnly("POST /api?x=1 HTTP/1.1")
                    .hasSize(3);
        }
    }

    @Safety
    @Test
    void execute_serverWithoutTls_isReachedInAbsoluteForm() {
        try (ScriptedServer proxy = ScriptedServer.start(ConnectionScript.json("{}"));
                HttpTransport transport = clear(proxy, null)) {
            for (int number = 1; number <= 2; number++) {
                assertThat(fetch(transport, post("/api/chat?x=%20y", "body"))).as("the answer").isEqualTo("{}");
            }
            assertThat(proxy.accepted()).as("connections to the proxy").isEqualTo(1);
            assertThat(proxy.requests())
                    .as("the requests that the proxy received")
                    .hasSize(2)
                    .allSatisfy(request -> {
                        assertThat(request.requestLine()).isEqualTo("POST http://server.example:8080/api/chat?x=%20y HTTP/1.1");
                        assertThat(request.fields()).contains("Host: server.example:8080").noneMatch(ProxyTestSuite::isCredential);
                        assertThat(request.body()).isEqualTo("body");
                    });
        }
    }

    @Safety
    @Test
    void execute_credentials_reachTheProxyAlone() {
        try (ScriptedServer server = secureServer();
                ScriptedServer proxy = ScriptedServer.start(tunnel(OPENED, server));
                HttpTransport transport = secure(server.port(), proxy, CREDENTIALS)) {
            assertThat(fetch(transport)).as("the answer through the tunnel").isEqualTo("{}");
            assertThat(proxy.requests().getFirst().fields()).as("the fields of the request for the tunnel").contains(AUTHORIZATION);
            assertThat(server.requests().getFirst().fields())
                    .as("the fields that the server received")
                    .noneMatch(ProxyTestSuite::isCredential);
        }
        try (ScriptedServer proxy = ScriptedServer.start(ConnectionScript.json("{}"));
                HttpTransport transport = clear(proxy, CREDENTIALS)) {
            assertThat(fetch(transport)).as("the answer of the proxy").isEqualTo("{}");
            assertThat(proxy.requests().getFirst().fields()).as("the fields that the proxy received").contains(AUTHORIZATION);
        }
    }

    /** What the head says of a body is to be ignored (RFC 9110, section 9.3.6). */
    @Safety
    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.0 200 OK\r\n\r\n",
        "HTTP/1.1 200 Connection established\r\nVia: proxy\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    })
    void execute_answerThatOpensATunnel_isUnderstood(String answer) {
        try (ScriptedServer server = secureServer();
                ScriptedServer proxy = ScriptedServer.start(tunnel(answer, server));
                HttpTransport transport = secure(server.port(), proxy, null)) {
            assertThat(fetch(transport)).as("the answer through the tunnel").isEqualTo("{}");
        }
    }

    @Safety
    @Test
    void execute_answerInPieces_isUnderstood() {
        try (ScriptedServer server = secureServer();
                ScriptedServer proxy = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    for (int index = 0; index < OPENED.length(); index++) {
                        connection.send(OPENED.substring(index, index + 1));
                    }
                    connection.forwardTo(server.port());
                });
                HttpTransport transport = secure(server.port(), proxy, null)) {
            assertThat(fetch(transport)).as("the answer through the tunnel").isEqualTo("{}");
        }
    }

    @Safety
    @Test
    void execute_twoProxies_doNotShareConnections() {
        try (ScriptedServer first = ScriptedServer.start(ConnectionScript.json("first"));
                ScriptedServer second = ScriptedServer.start(ConnectionScript.json("second"));
                TransportPoolManager pool = new TransportPoolManager(transports(), PoolListener.none(), System::nanoTime)) {
            Endpoint server = new Endpoint(false, "server.example", 8080);
            for (int round = 1; round <= 2; round++) {
                for (ScriptedServer proxy : List.of(first, second)) {
                    try (TransportLease lease = pool.lease(server, through(proxy, null), PoolLimits.DEFAULT)) {
                        try (TransportResponse response = lease.newCall(get("/")).execute()) {
                            assertThat(TransportFixture.readAll(response))
                                    .as("the answer of the proxy of the lease")
                                    .isEqualTo(proxy.equals(first) ? "first" : "second");
                        }
                        assertThat(pool.pools()).extracting(EndpointPool::endpoint).as("the server, not the proxy, is counted").containsOnly(server.toString());
                    }
                }
            }
            assertThat(first.requests()).as("requests through the first proxy").hasSize(2);
            assertThat(second.requests()).as("requests through the second proxy").hasSize(2);
        }
    }

    // The proxy is the reason of a failure.

    @Safety
    @ParameterizedTest(name = "credentials {0}, TLS {1}")
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void execute_proxyWantsOtherCredentials_isRefusedByIt(boolean hasCredentials, boolean isSecure) {
        HttpProxy.Credentials given = hasCredentials ? CREDENTIALS : null;
        ConnectionScript refusing = ConnectionScript.sending("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\""
                + SECRET_OF_PROXY + "\"\r\nContent-Length: " + SECRET_OF_PROXY.length() + "\r\n\r\n" + SECRET_OF_PROXY);
        try (ScriptedServer proxy = ScriptedServer.start(refusing);
                HttpTransport transport = isSecure ? secure(443, proxy, given) : clear(proxy, given)) {
            TransportException failure = failureOf(() -> fetch(transport, post("/", "body")));

            assertThat(failure.failure()).as("the failure when the proxy wants credentials").isEqualTo(TransportFailure.PROXY_REFUSED);
            assertThat(failure).as("the failure").hasMessageContaining(hasCredentials ? "does not accept the credentials" : "asks for credentials");
            assertNothingRevealed(failure);
            assertThat(proxy.requests()).as("requests that the proxy received: refused credentials are not sent again").hasSize(1);
            if (isSecure) {
                Eventually.await("no connection is left", () -> proxy.open() == 0);
            }
        }
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "403 Forbidden, PROXY_REFUSED",
        "405 Method Not Allowed, PROXY_REFUSED",
        "302 Found, PROXY_REFUSED",
        "502 Bad Gateway, PROXY_FAILED",
        "503 Service Unavailable, PROXY_FAILED",
        "429 Too Many Requests, PROXY_FAILED"
    })
    void execute_proxyOpensNoTunnel_saysSo(String status, TransportFailure expected) {
        ConnectionScript refusing = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse(status, "text/html", SECRET_OF_PROXY));
        assertFailsAtTheProxy(refusing, expected, status.substring(0, 3));
    }

    @Safety
    @Test
    void execute_proxyClosesInsteadOfATunnel_saysSo() {
        assertFailsAtTheProxy(ScriptedConnection::readRequest, TransportFailure.PROXY_FAILED, "closed the connection");
    }

    @Safety
    @Test
    void execute_proxyResetsInsteadOfATunnel_saysSo() {
        ConnectionScript resetting = connection -> {
            connection.readRequest();
            connection.reset();
        };
        assertFailsAtTheProxy(resetting, TransportFailure.PROXY_FAILED, "closed the connection");
    }

    @Safety
    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH_9.2 " + SECRET_OF_PROXY + "\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n"
    })
    void execute_proxySpeaksNoHttp_saysSo(String garbage) {
        ConnectionScript answering = connection -> {
            connection.readRequest();
            connection.send(garbage);
            connection.awaitDisconnect();
        };
        assertFailsAtTheProxy(answering, TransportFailure.PROXY_FAILED, "no valid HTTP");
    }

    /** A portal that wants a login answers every request with its page. A client may take the page for bytes of the server. */
    @Safety
    @Test
    void execute_proxyAnswersWithAPage_isNoTunnel() {
        ConnectionScript portal = connection -> {
            connection.readRequest();
            connection.sendResponse("200 OK", "text/html", "<html>" + SECRET_OF_PROXY + "</html>");
            connection.awaitDisconnect();
        };
        try (ScriptedServer proxy = ScriptedServer.start(portal);
                HttpTransport transport = impatient(proxy.endpoint())) {
            TransportException failure = failureOf(() -> fetch(transport, post("/", "body")));

            assertThat(failure.failure())
                    .as("the failure when the proxy answers with a page")
                    .isIn(TransportFailure.PROXY_FAILED, TransportFailure.TLS_FAILED, TransportFailure.TIMEOUT);
            if (failure.failure() == TransportFailure.TIMEOUT) {
                assertThat(failure).as("the failure: a limit that has passed says nothing of a proxy").hasMessageContaining("proxy");
            }
            assertNothingRevealed(failure);
            assertThat(failure.progress().phase()).as("the phase of the failure").isIn(CallPhase.CONNECT, CallPhase.TLS);
            assertThat(failure.progress().bytesWritten()).as("bytes of the request that were sent").isZero();
            assertThat(proxy.requests()).as("requests that the proxy received: the pool decides on retries").hasSizeLessThan(2);
            Eventually.await("no connection is left", () -> proxy.open() == 0);
        }
    }

    private void assertFailsAtTheProxy(ConnectionScript script, TransportFailure expected, String reason) {
        try (ScriptedServer proxy = ScriptedServer.start(script);
                HttpTransport transport = secure(443, proxy, CREDENTIALS)) {
            TransportException failure = failureOf(() -> fetch(transport, post("/", "body")));

            assertThat(failure.failure()).as("the failure when the proxy opens no tunnel").isEqualTo(expected);
            assertThat(failure).as("the failure").hasMessageContaining("proxy").hasMessageContaining(reason);
            assertNothingRevealed(failure);
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.CONNECT);
            assertThat(failure.progress().bytesWritten()).as("bytes of the request that were sent").isZero();
            assertThat(failure.progress().responseStarted()).as("whether the server answered").isFalse();
            assertThat(proxy.requests()).as("requests that the proxy received: the pool decides on retries").hasSize(1);
            assertThat(counts.openedCount()).as("connections reported as opened").isZero();
            Eventually.await("no connection is left", () -> proxy.open() == 0);
        }
    }

    @Safety
    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void execute_noProxyThere_isRefused(boolean isSecure) {
        ScriptedServer proxy = ScriptedServer.start(ConnectionScript.json("{}"));
        proxy.close();
        try (HttpTransport transport = isSecure ? secure(443, proxy, null) : clear(proxy, null)) {
            TransportException failure = failureOf(() -> fetch(transport));

            assertThat(failure.failure()).as("the failure when no proxy listens").isEqualTo(TransportFailure.CONNECTION_REFUSED);
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.CONNECT);
        }
    }

    @Safety
    @Test
    void execute_connectingToTheProxyHangs_timesOut() {
        try (BlackHole hole = new BlackHole();
                HttpTransport transport = impatient(hole.endpoint())) {
            assertTimesOut(transport);
        }
    }

    @Safety
    @Test
    void execute_proxyHangsInsteadOfATunnel_timesOut() {
        ConnectionScript hanging = connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 2");
            connection.awaitDisconnect();
        };
        try (ScriptedServer proxy = ScriptedServer.start(hanging);
                HttpTransport transport = impatient(proxy.endpoint())) {
            assertTimesOut(transport);
            Eventually.await("the proxy sees it", () -> proxy.open() == 0);
        }
    }

    @Safety
    @Test
    void cancel_whileTheProxyOpensATunnel_failsAtOnceAndTheProxySeesIt() {
        CountDownLatch asked = new CountDownLatch(1);
        ConnectionScript hanging = connection -> {
            connection.readRequest();
            asked.countDown();
            connection.awaitDisconnect();
        };
        try (ScriptedServer proxy = ScriptedServer.start(hanging);
                HttpTransport transport = secure(443, proxy, null)) {
            TransportCall call = call(transport, get("/"));
            Future<TransportException> waiting = Parallel.start(() -> failureOf(call::execute));
            Eventually.open(asked);

            call.cancel();

            assertThat(Parallel.resultOf(waiting).failure())
                    .as("the failure of a call that was cancelled while the proxy opened its tunnel")
                    .isEqualTo(TransportFailure.CANCELLED);
            Eventually.await("the proxy sees it", () -> proxy.open() == 0);
        }
    }

    // The server is the reason, through a proxy that works.

    @Safety
    @Test
    void execute_serverBehindTheTunnelIsAnotherOne_isRefused() {
        try (ScriptedServer server =
                        ScriptedServer.startSecure(ServerIdentity.WRONG_HOST.serverContext(), ConnectionScript.json("{}"));
                ScriptedServer proxy = ScriptedServer.start(tunnel(OPENED, server));
                HttpTransport transport = secure(server.port(), proxy, null)) {
            TransportException failure = failureOf(() -> fetch(transport));

            assertThat(failure.failure()).as("the failure when the certificate is for another server").isEqualTo(TransportFailure.TLS_FAILED);
            assertThat(failure).as("the failure").hasMessageContaining("the certificate of the server is for another name");
            assertThat(failure.progress().phase()).as("the phase of the failure").isEqualTo(CallPhase.TLS);
            assertThat(server.requests()).as("requests that the server received").isEmpty();
        }
    }

    @Safety
    @Test
    void execute_serverBehindTheTunnelDemandsACertificate_getsThatOfTheClient() {
        ConnectionScript demanding = connection -> {
            connection.secureForKnownClients(ServerIdentity.LOCAL.serverContextForKnownClients(), "TLSv1.3");
            ConnectionScript.json("{}").play(connection);
        };
        try (ScriptedServer server = ScriptedServer.start(demanding);
                ScriptedServer proxy = ScriptedServer.start(tunnel(OPENED, server));
                HttpTransport transport = transports().create(
                        new Endpoint(true, "localhost", server.port()),
                        through(proxy, null).withTls(ServerIdentity.LOCAL.contextAsClient()),
                        counts)) {
            assertThat(fetch(transport)).as("the answer to a client with a certificate").isEqualTo("{}");
        }
    }

    @Safety
    @Test
    void execute_errorOfAForwardingProxy_isAnAnswer() {
        ConnectionScript failing = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse("502 Bad Gateway", "text/html", "no server"));
        try (ScriptedServer proxy = ScriptedServer.start(failing);
                HttpTransport transport = clear(proxy, null);
                TransportResponse response = call(transport, get("/")).execute()) {
            assertThat(response.status()).as("the status: nothing tells whether the proxy or the server has sent it").isEqualTo(502);
            assertThat(TransportFixture.readAll(response)).as("the body").isEqualTo("no server");
        }
    }
}
