package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.text;
import static dev.paddock.adapters.http.okhttp.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the library would do of its own, and must not. */
class OkHttpPolicyTest {

    private final RecordingListener listener = new RecordingListener();

    @Test
    void execute_fieldsThatTheLibraryObeys_areOnlySent() throws Exception {
        BlockingQueue<String> seen = Calls.queue();
        Headers headers = new Headers(List.of(
                new Header("Cache-Control", "only-if-cached"),
                new Header("Expect", "100-continue"),
                new Header("Connection", "Upgrade"),
                new Header("Range", "bytes=0-1"),
                new Header("User-Agent", "ours"),
                new Header("Accept-Encoding", "gzip")));
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    seen.add(peer.request());
                    peer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi");
                });
                HttpTransport transport = transport(server);
                TransportResponse response = transport.newCall(
                                new TransportRequest("POST", "/x", headers, new byte[] {'b'}), CallListener.none())
                        .execute()) {
            assertThat(text(response)).isEqualTo("hi");
            assertThat(Calls.take(seen))
                    .isEqualTo("POST /x HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                            + "\r\nCache-Control: only-if-cached\r\nExpect: 100-continue\r\nConnection: Upgrade"
                            + "\r\nRange: bytes=0-1\r\nUser-Agent: ours\r\nAccept-Encoding: gzip"
                            + "\r\nContent-Length: 1\r\n\r\nb");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "QUERY", "REPORT", "PROPPATCH", "TRACE", "x"})
    void execute_anyMethod_mayHaveABodyOrNone(String method) throws Exception {
        BlockingQueue<String> seen = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    for (String request = peer.request(); !request.isEmpty(); request = peer.request()) {
                        seen.add(request);
                        peer.sendOk("hi");
                    }
                });
                HttpTransport transport = transport(server)) {
            for (byte[] body : List.of(new byte[] {'b'}, new byte[0])) {
                TransportRequest request = new TransportRequest(method, "/", Headers.EMPTY, body);
                assertThat(text(transport.newCall(request, CallListener.none()).execute())).isEqualTo("hi");
            }
            assertThat(Calls.take(seen)).startsWith(method + " / ").endsWith("Content-Length: 1\r\n\r\nb");
            assertThat(Calls.take(seen)).startsWith(method + " / ").doesNotContain("Content-Length");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_head_hasNoBodyAndKeepsTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
                HttpTransport transport = transport(server, listener)) {
            for (int call = 0; call < 2; call++) {
                TransportRequest head = new TransportRequest("HEAD", "/", Headers.EMPTY, new byte[0]);
                TransportResponse response = transport.newCall(head, CallListener.none()).execute();
                assertThat(response.read(new byte[1], 0, 1)).isEqualTo(-1);
                assertThat(response.headers().first("Content-Length")).isEqualTo("99");
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"304 Same\r\nContent-Length: 99", "304 Same\r\nTransfer-Encoding: chunked", "304 Same",
        "204 None\r\nTransfer-Encoding: chunked"})
    void execute_headThatSpeaksOfABodyThereIsNot_keepsTheConnection(String head) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 " + head + "\r\n\r\n");
                HttpTransport transport = transport(server, listener)) {
            for (int call = 0; call < 2; call++) {
                TransportResponse response = transport.newCall(Calls.get(), CallListener.none()).execute();
                assertThat(response.read(new byte[1], 0, 1)).isEqualTo(-1);
                assertThat(transport.idleConnections()).isEqualTo(1);
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_headThatSpeaksOfALongBodyThereIsNot_costsTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 304 Same\r\nContent-Length: 99999999\r\n\r\n");
                HttpTransport transport = transport(server, listener)) {
            TransportResponse response = transport.newCall(Calls.get(), CallListener.none()).execute();
            assertThat(response.status()).isEqualTo(304);
            assertThat(response.read(new byte[1], 0, 1)).isEqualTo(-1);
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ICY 200 OK", "\r\nHTTP/1.1 200 OK"})
    void execute_statusLineThatTheLibraryPutsRight_isMalformed(String statusLine) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(statusLine + "\r\nContent-Length: 0\r\n\r\n");
                HttpTransport transport = transport(server)) {
            assertThat(Calls.failure(() -> Calls.fetch(transport)).failure()).isEqualTo(TransportFailure.MALFORMED);
        }
    }

    @Test
    void execute_proxyOfThePlatform_isNotAsked() throws Exception {
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("http.nonProxyHosts", "");
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = transport(server)) {
            assertThat(Calls.fetch(transport)).isEqualTo("hi");
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
            System.clearProperty("http.nonProxyHosts");
        }
    }

    @Test
    void read_bytesThatHaveArrived_areThereBeforeTheNextComes() throws Exception {
        BlockingQueue<Peer> peers = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nab");
                    peers.add(peer);
                    peer.awaitEnd();
                });
                HttpTransport transport = transport(server);
                TransportResponse response = transport.newCall(Calls.get(), CallListener.none()).execute()) {
            byte[] buffer = new byte[100];
            assertThat(response.read(buffer, 0, 100)).isEqualTo(2);
            Peer peer = Calls.take(peers);
            for (String piece : List.of("c", "\n", "ef", "\r\n1\r\ng")) {
                peer.send(piece);
                assertThat(response.read(buffer, 0, 100)).isEqualTo(piece.replaceAll("\r\n1\r\n", "").length());
            }
        }
    }
}
