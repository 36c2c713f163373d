package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.await;
import static dev.paddock.adapters.http.okhttp.Calls.fetch;
import static dev.paddock.adapters.http.okhttp.Calls.get;
import static dev.paddock.adapters.http.okhttp.Calls.text;
import static dev.paddock.adapters.http.okhttp.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.pool.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long connections live and what they die of. */
class OkHttpLifetimeTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final Duration LONG = Duration.ofMinutes(1);

    private final RecordingListener listener = new RecordingListener();

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"})
    void read_serverWillClose_closesConnection(String answer) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(answer);
                HttpTransport transport = transport(server, listener)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void read_bodyUntilClose_isCompleteAtTheEnd() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                });
                HttpTransport transport = transport(server, listener)) {
            assertThat(fetch(transport)).isEqualTo("until the end");
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.DISCARDED, 1));
        }
    }

    @Test
    void execute_http10WithKeepAlive_reusesConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = transport(server, listener)) {
            fetch(transport);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void execute_statusWithoutBody_givesConnectionBack(String status) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 " + status + "\r\n\r\n");
                HttpTransport transport = transport(server, listener)) {
            assertThat(fetch(transport)).isEmpty();
            assertThat(fetch(transport)).isEmpty();
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void execute_connectionNotToBeReused_closesItWithoutTellingTheServer() throws Exception {
        BlockingQueue<String> seen = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    seen.add(peer.request());
                    peer.send(OK);
                    seen.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server, listener)) {
            try (TransportResponse response =
                    transport.newCall(get().closingConnection(), CallListener.none()).execute()) {
                assertThat(text(response)).isEqualTo("hi");
            }
            assertThat(Calls.take(seen)).doesNotContainIgnoringCase("connection:");
            assertThat(Calls.take(seen)).isEqualTo("end");
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.OVERFLOW, 1));
        }
    }

    @Test
    void execute_idleForTooLong_opensAnother() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(OK);
                HttpTransport transport = transport(
                        server.endpoint(), Calls.withLifetimes(Duration.ofMillis(30), LONG), listener)) {
            fetch(transport);
            Thread.sleep(60);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.IDLE, 1));
        }
    }

    @Test
    void execute_totalLifetimeOver_opensAnother() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(OK);
                HttpTransport transport = transport(
                        server.endpoint(), Calls.withLifetimes(LONG, Duration.ofMillis(50)), listener)) {
            fetch(transport);
            Thread.sleep(80);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.EXPIRED, 1));
        }
    }

    @Test
    void read_totalLifetimeOverAtTheEnd_closesConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(OK);
                HttpTransport transport = transport(
                        server.endpoint(), Calls.withLifetimes(LONG, Duration.ofNanos(1)), listener)) {
            fetch(transport);
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.EXPIRED, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=1", "timeout=0, max=5", "max=5, TIMEOUT=1"})
    void read_serverKeepsNoLongerThanTheMargin_closesConnection(String keepAlive) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                        "HTTP/1.1 200 OK\r\nKeep-Alive: " + keepAlive + "\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = transport(server, listener)) {
            fetch(transport);
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.EXPIRED, 1));
        }
    }

    @Test
    void closeIdle_keepAliveOfServerOver_closesAsExpired() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                        "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = transport(server, listener)) {
            fetch(transport);
            transport.closeIdle(LONG);
            assertThat(transport.idleConnections()).isEqualTo(1);
            Thread.sleep(1_050);
            transport.closeIdle(LONG);
            assertThat(transport.idleConnections()).isZero();
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.EXPIRED, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=x", "timeout", "timeout=99999999999999999999", "nonsense", "timeout=-1"})
    void read_senselessKeepAlive_isIgnored(String keepAlive) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(
                        "HTTP/1.1 200 OK\r\nKeep-Alive: " + keepAlive + "\r\nContent-Length: 2\r\n\r\nhi");
                HttpTransport transport = transport(server, listener)) {
            fetch(transport);
            assertThat(transport.idleConnections()).isEqualTo(1);
        }
    }

    @Test
    void closeIdle_closesWhatHasBeenUnusedThatLong() throws Exception {
        BlockingQueue<String> ends = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send(OK);
                    ends.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server, listener)) {
            fetch(transport);
            transport.closeIdle(Duration.ofSeconds(30));
            assertThat(transport.idleConnections()).isEqualTo(1);
            transport.closeIdle(Duration.ZERO);
            assertThat(transport.idleConnections()).isZero();
            assertThat(Calls.take(ends)).isEqualTo("end");
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.IDLE, 1));
        }
    }

    @Test
    void closeIdle_connectionPastItsLifetime_isClosedAsSuch() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(OK);
                HttpTransport first = transport(
                        server.endpoint(), Calls.withLifetimes(Duration.ofMillis(20), LONG), listener);
                HttpTransport second = transport(
                        server.endpoint(), Calls.withLifetimes(LONG, Duration.ofMillis(40)), listener)) {
            fetch(first);
            fetch(second);
            Thread.sleep(70);
            first.closeIdle(LONG);
            second.closeIdle(LONG);
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.IDLE, 1, CloseReason.EXPIRED, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unasked",
        "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"})
    void execute_serverSpokeUnasked_isNotTakenForTheAnswer(String unasked) throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(OK + unasked);
                HttpTransport transport = transport(server, listener)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(listener.closed()).containsEntry(CloseReason.STALE, 1);
        }
    }

    @Test
    void execute_serverSpeaksUnaskedLater_isNotTakenForTheAnswer() throws Exception {
        BlockingQueue<Peer> peers = Calls.queue();
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send(OK);
                    peers.add(peer);
                    peer.awaitEnd();
                });
                HttpTransport transport = transport(server, listener)) {
            fetch(transport);
            Calls.take(peers).send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.STALE, 1));
        }
    }

    @Test
    void execute_severalIdle_usesTheOneOpenedFirst() throws Exception {
        CountDownLatch bothThere = new CountDownLatch(2);
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    while (!peer.request().isEmpty()) {
                        bothThere.countDown();
                        peer.send(OK);
                    }
                });
                HttpTransport transport = transport(server, listener)) {
            TransportResponse first = transport.newCall(get(), CallListener.none()).execute();
            TransportResponse second = open(transport, bothThere);
            text(first);
            text(second);
            await(() -> transport.idleConnections() == 2 || server.accepted() == 1);
            for (int call = 0; call < 3; call++) {
                try (TransportResponse response = transport.newCall(get(), CallListener.none()).execute()) {
                    assertThat(response.connection().id()).isEqualTo(first.connection().id());
                    text(response);
                }
            }
        }
    }

    private static TransportResponse open(HttpTransport transport, CountDownLatch bothThere) throws Exception {
        TransportResponse response = transport.newCall(get(), CallListener.none()).execute();
        assertThat(bothThere.await(5, TimeUnit.SECONDS)).isTrue();
        return response;
    }

    @Test
    void observes_everything() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(OK);
                HttpTransport transport = transport(server)) {
            assertThat(transport.observes()).containsExactlyInAnyOrder(ConnectionEvent.values());
            assertThat(new OkHttpTransportFactory().name()).isEqualTo("okhttp");
        }
    }

    @Test
    void twoHundredStreamsAtOnce_eachHaveAConnectionAndTheCountsAddUp() throws Exception {
        CountDownLatch everyRequest = new CountDownLatch(200);
        try (ScriptedServer server = new ScriptedServer(peer -> {
            while (!peer.request().isEmpty()) {
                peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                everyRequest.countDown();
                try {
                    everyRequest.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                peer.send("5\r\nworld\r\n0\r\n\r\n");
            }
        })) {
            try (HttpTransport transport = transport(server, listener)) {
                List<FutureTask<String>> streams = IntStream.range(0, 200)
                        .mapToObj(stream -> new FutureTask<>(() -> fetch(transport)))
                        .toList();
                streams.forEach(stream -> Thread.ofVirtual().start(stream));
                for (FutureTask<String> stream : streams) {
                    assertThat(stream.get(15, TimeUnit.SECONDS)).isEqualTo("helloworld");
                }
                assertThat(server.accepted()).isEqualTo(200);
                assertThat(transport.idleConnections()).isEqualTo(200);
                fetch(transport);
                assertThat(server.accepted()).isEqualTo(200);
            }
            assertThat(listener.opened).hasValue(200);
            assertThat(listener.leasedNew).hasValue(200);
            assertThat(listener.leasedAgain).hasValue(1);
            assertThat(listener.closed()).isEqualTo(Map.of(CloseReason.SHUTDOWN, 200));
        }
    }
}
