package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Transports.transport;
import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.failureOf;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.transport.CountingConnectionListener;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.internal.connection.RealConnection;
import okhttp3.internal.connection.RealConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the library would do of its own, and must not. */
class OkHttpPolicyTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final CountingConnectionListener ledger = new CountingConnectionListener();

    @Test
    void execute_fieldsThatTheLibraryObeys_areOnlySent() {
        Headers headers = new Headers(List.of(
                new Header("Cache-Control", "only-if-cached"),
                new Header("Expect", "something"),
                new Header("Connection", "Upgrade"),
                new Header("Range", "bytes=0-1"),
                new Header("User-Agent", "ours"),
                new Header("Accept-Encoding", "gzip")));
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi"));
                HttpTransport transport = transport(server)) {
            TransportRequest request = new TransportRequest("POST", "/x", headers, new byte[] {'b'});
            assertThat(fetch(transport, request)).isEqualTo("hi");
            List<String> fields = List.of(
                    "Host: 127.0.0.1:" + server.port(),
                    "Cache-Control: only-if-cached",
                    "Expect: something",
                    "Connection: Upgrade",
                    "Range: bytes=0-1",
                    "User-Agent: ours",
                    "Accept-Encoding: gzip",
                    "Content-Length: 1");
            assertThat(server.requests())
                    .containsExactly(new ReceivedRequest("POST /x HTTP/1.1", fields, "b", 1));
        }
    }

    @Test
    void execute_fieldsBeyondAscii_areSentAsGiven() {
        String bytesOfUtf8 = "gr\u00c3\u00bcezi";
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = transport(server)) {
            Headers headers = Headers.of("X-Name", bytesOfUtf8);
            assertThat(fetch(transport, new TransportRequest("GET", "/", headers, new byte[0]))).isEqualTo("hi");
            assertThat(server.requests().getFirst().values("x-name")).containsExactly(bytesOfUtf8);
        }
    }

    static Stream<TransportRequest> requestsThatTheLibraryWouldChange() {
        byte[] body = {'b'};
        return Stream.of(
                new TransportRequest("GET", "/", Headers.EMPTY, body),
                new TransportRequest("HEAD", "/", Headers.EMPTY, body),
                new TransportRequest("POST", "/", Headers.of("Expect", "100-Continue"), body),
                new TransportRequest("POST", "/", Headers.of("X-Name", "gr\u00fcezi"), body),
                new TransportRequest("POST", "/a#b", Headers.EMPTY, body),
                new TransportRequest("POST", "@other/", Headers.EMPTY, body),
                new TransportRequest("POST", "/a\\b", Headers.EMPTY, body),
                new TransportRequest("POST", "/a/%2e%2e/b", Headers.EMPTY, body),
                new TransportRequest("POST", "/\u00e9", Headers.EMPTY, body));
    }

    @ParameterizedTest
    @MethodSource("requestsThatTheLibraryWouldChange")
    void newCall_requestThatTheLibraryWouldChange_isRefused(TransportRequest request) {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = transport(server)) {
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> transport.newCall(request, CallListener.none()))
                    .withMessageStartingWith("OkHttp ");
            assertThat(server.accepted()).as("connections for a refused request").isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "QUERY", "REPORT", "PROPPATCH", "TRACE", "x"})
    void execute_anyMethod_mayHaveABodyOrNone(String method) {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = transport(server)) {
            for (byte[] body : List.of(new byte[] {'b'}, new byte[0])) {
                TransportRequest request = new TransportRequest(method, "/", Headers.EMPTY, body);
                assertThat(fetch(transport, request)).isEqualTo("hi");
            }
            List<ReceivedRequest> requests = server.requests();
            assertThat(requests).extracting(ReceivedRequest::method).containsExactly(method, method);
            assertThat(requests).extracting(ReceivedRequest::target).containsExactly("/", "/");
            assertThat(requests.getFirst().fields()).endsWith("Content-Length: 1");
            assertThat(requests.getFirst().body()).isEqualTo("b");
            assertThat(requests.getLast().values("Content-Length")).isEmpty();
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    /** The library reads from such a connection before it sends a POST request, and would wait for the server. */
    @Test
    void execute_connectionIdleForMoreThanTenSeconds_isUsedAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = transport(server)) {
            fetch(transport, post(new byte[] {'b'}));
            ConnectionPool pool = ((OkHttpTransport) transport).client(false).connectionPool();
            Field connections = RealConnectionPool.class.getDeclaredField("connections");
            connections.setAccessible(true);
            for (Object idle : (Iterable<?>) connections.get(pool.getDelegate$okhttp())) {
                ((RealConnection) idle).setIdleAtNs(System.nanoTime() - Duration.ofSeconds(11).toNanos());
            }
            Future<String> second = Parallel.start(() -> fetch(transport, post(new byte[] {'b'})));
            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_head_hasNoBodyAndKeepsTheConnection() {
        try (ScriptedServer server = ScriptedServer.start(
                        ConnectionScript.sending("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"));
                HttpTransport transport = transport(server, ledger)) {
            for (int call = 0; call < 2; call++) {
                TransportRequest head = new TransportRequest("HEAD", "/", Headers.EMPTY, new byte[0]);
                TransportResponse response = call(transport, head).execute();
                assertThat(response.read(new byte[1], 0, 1)).isEqualTo(-1);
                assertThat(response.headers().first("Content-Length")).isEqualTo("99");
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"304 Same\r\nContent-Length: 99", "304 Same\r\nTransfer-Encoding: chunked", "304 Same",
        "204 None\r\nTransfer-Encoding: chunked"})
    void execute_headThatSpeaksOfABodyThereIsNot_keepsTheConnection(String head) {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending("HTTP/1.1 " + head + "\r\n\r\n"));
                HttpTransport transport = transport(server, ledger)) {
            for (int call = 0; call < 2; call++) {
                TransportResponse response = call(transport, get("/")).execute();
                assertThat(response.read(new byte[1], 0, 1)).isEqualTo(-1);
                assertThat(transport.idleConnections()).isEqualTo(1);
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_headThatSpeaksOfALongBodyThereIsNot_costsTheConnection() {
        try (ScriptedServer server = ScriptedServer.start(
                        ConnectionScript.sending("HTTP/1.1 304 Same\r\nContent-Length: 99999999\r\n\r\n"));
                HttpTransport transport = transport(server, ledger)) {
            TransportResponse response = call(transport, get("/")).execute();
            assertThat(response.status()).isEqualTo(304);
            assertThat(response.read(new byte[1], 0, 1)).isEqualTo(-1);
            assertThat(transport.idleConnections()).isZero();
            assertThat(ledger.closedCounts()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ICY 200 OK", "\r\nHTTP/1.1 200 OK"})
    void execute_statusLineThatTheLibraryPutsRight_isMalformed(String statusLine) {
        try (ScriptedServer server = ScriptedServer.start(
                        ConnectionScript.sending(statusLine + "\r\nContent-Length: 0\r\n\r\n"));
                HttpTransport transport = transport(server)) {
            assertThat(failureOf(() -> fetch(transport)).failure()).isEqualTo(TransportFailure.MALFORMED);
        }
    }

    @Test
    void execute_proxyOfThePlatform_isNotAsked() {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("http.nonProxyHosts", "");
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = transport(server)) {
            assertThat(fetch(transport)).isEqualTo("hi");
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    @Test
    void read_bytesThatHaveArrived_areThereBeforeTheNextComes() {
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nab");
                    for (int piece = 0; piece < 4; piece++) {
                        connection.send(Eventually.next(pieces));
                    }
                    connection.awaitDisconnect();
                });
                HttpTransport transport = transport(server);
                TransportResponse response = call(transport, get("/")).execute()) {
            byte[] buffer = new byte[100];
            assertThat(response.read(buffer, 0, 100)).isEqualTo(2);
            for (String piece : List.of("c", "\n", "ef", "\r\n1\r\ng")) {
                pieces.add(piece);
                assertThat(response.read(buffer, 0, 100)).isEqualTo(piece.replaceAll("\r\n1\r\n", "").length());
            }
        }
    }
}
