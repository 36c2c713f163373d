package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.fetch;
import static dev.paddock.adapters.http.okhttp.Calls.get;
import static dev.paddock.adapters.http.okhttp.Calls.text;
import static dev.paddock.adapters.http.okhttp.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.pool.CloseReason;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** Connections are used again when they can be, and only then. */
class OkHttpReuseTest {

    private final RecordingListener listener = new RecordingListener();

    @Test
    void execute_twentyCallsInTurn_openOneConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = transport(server, listener)) {
            for (int call = 0; call < 20; call++) {
                try (TransportResponse response = transport.newCall(get(), CallListener.none()).execute()) {
                    assertThat(response.connection().reused()).isEqualTo(call > 0);
                    assertThat(response.connection().id()).isEqualTo("1");
                    assertThat(text(response)).isEqualTo("hi");
                }
            }
            assertThat(server.accepted()).isEqualTo(1);
            assertThat(listener.opened).hasValue(1);
            assertThat(listener.leasedNew).hasValue(1);
            assertThat(listener.leasedAgain).hasValue(19);
            assertThat(transport.idleConnections()).isEqualTo(1);
        }
        assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.SHUTDOWN, 1));
    }

    @Test
    void read_end_hasGivenConnectionBack() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n");
                HttpTransport transport = transport(server, listener)) {
            TransportResponse response = transport.newCall(get(), CallListener.none()).execute();
            byte[] buffer = new byte[10];
            assertThat(response.read(buffer, 0, 10)).isEqualTo(2);
            assertThat(transport.idleConnections()).isZero();
            assertThat(response.read(buffer, 0, 10)).isEqualTo(-1);
            assertThat(transport.idleConnections()).isEqualTo(1);
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void read_lastByteOfKnownLength_givesConnectionBackAtOnce() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = transport(server, listener)) {
            try (TransportResponse response = transport.newCall(get(), CallListener.none()).execute()) {
                assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            }
            assertThat(transport.idleConnections()).isEqualTo(1);
        }
    }

    @Test
    void close_beforeEndOfBody_closesConnectionAtOnce() throws Exception {
        BlockingQueue<String> ends = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n");
                    ends.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server, listener)) {
            TransportResponse response = transport.newCall(get(), CallListener.none()).execute();
            assertThat(response.read(new byte[10], 0, 10)).isEqualTo(2);
            response.close();
            response.close();
            assertThat(Calls.take(ends)).isIn("end", "reset");
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
        }
    }

    @Test
    void close_restOfTheBodyHasArrived_closesConnectionAllTheSame() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n");
                HttpTransport transport = transport(server, listener)) {
            TransportResponse response = transport.newCall(get(), CallListener.none()).execute();
            assertThat(response.read(new byte[10], 0, 2)).isEqualTo(2);
            response.close();
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
        }
    }

    @Test
    void execute_connectionClosedByServerMeanwhile_opensAnother() throws Exception {
        BlockingQueue<Peer> peers = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.sendOk("hi");
                    peers.add(peer);
                    peer.awaitEnd();
                });
                HttpTransport transport = transport(server, listener)) {
            fetch(transport);
            Calls.take(peers).close();
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.STALE, 1));
            assertThat(listener.leasedNew).hasValue(2);
            assertThat(listener.leasedAgain).hasValue(0);
        }
    }
}
