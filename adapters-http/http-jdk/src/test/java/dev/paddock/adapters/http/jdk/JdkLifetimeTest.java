package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Calls.call;
import static dev.paddock.adapters.http.jdk.Calls.fetch;
import static dev.paddock.adapters.http.jdk.Calls.get;
import static dev.paddock.adapters.http.jdk.Calls.take;
import static dev.paddock.adapters.http.jdk.Calls.text;
import static dev.paddock.adapters.http.jdk.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How long connections live, and that calls never pay for the end of those of others. */
class JdkLifetimeTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofNanos(1);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final BlockingQueue<String> ends = Calls.queue();

    /** Answers every request in the same way and tells how the connection ended. */
    private Consumer<Peer> answering(String response) {
        return peer -> {
            while (!peer.request().isEmpty()) {
                peer.send(response);
            }
            ends.add("end");
        };
    }

    @Test
    void execute_connectionPastItsTotalLifetime_isReplacedAndClosed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering(OK));
                HttpTransport transport = transport(server, LONG, SHORTEST)) {
            fetch(transport);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
            take(ends);
        }
    }

    @Test
    void execute_connectionUnusedForTooLong_isReplacedAndClosed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering(OK));
                HttpTransport transport = transport(server, SHORTEST, LONG)) {
            fetch(transport);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
            take(ends);
        }
    }

    @Test
    void execute_serverThatKeepsConnectionsForASecond_isNotAskedOverThemAgain() throws Exception {
        String brief = "HTTP/1.1 200 OK\r\nKeep-Alive: max=100, timeout=1\r\nContent-Length: 2\r\n\r\nhi";
        try (ScriptedServer server = new ScriptedServer(answering(brief));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            take(ends);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void execute_serverThatKeepsConnectionsForLong_isAskedOverThemAgain() throws Exception {
        String ample = "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=100\r\nContent-Length: 2\r\n\r\nhi";
        try (ScriptedServer server = new ScriptedServer(answering(ample));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void closeIdle_usedRecently_keepsTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering(OK));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            transport.closeIdle(LONG);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void closeIdle_unused_closesTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering(OK));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            transport.closeIdle(Duration.ZERO);
            take(ends);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void closeIdle_withAnOpenResponse_leavesThatAlone() throws Exception {
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
                    ends.add("half");
                    peer.request();
                    ends.add("end");
                });
                HttpTransport transport = transport(server)) {
            TransportResponse open = call(transport, get()).execute();
            take(ends);
            assertThat(open.read(new byte[2], 0, 2)).isEqualTo(2);
            transport.closeIdle(Duration.ZERO);
            assertThat(ends.poll(200, TimeUnit.MILLISECONDS)).isNull();
            open.close();
            take(ends);
        }
    }

    @Test
    void execute_connectionNotToBeKept_isClosedAfterUseAndLeavesOthersAlone() throws Exception {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        try (ScriptedServer server = new ScriptedServer(answering(chunked));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            assertThat(fetch(transport, get().closingConnection())).isEqualTo("hi");
            take(ends);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(ends).isEmpty();
        }
    }

    @Test
    void execute_unaskedBytesOnAnIdleConnection_endItBeforeTheNextCall() throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(peer -> {
                    peer.request();
                    peer.send(OK);
                    try {
                        idle.await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
                    ends.add(peer.awaitEnd());
                });
                HttpTransport transport = transport(server)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            idle.countDown();
            take(ends);
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void connection_ofASecondCall_isSaidToBeReusedWhereThePlatformTells() throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
        try (ScriptedServer server = new ScriptedServer(answering(OK));
                HttpTransport transport = transport(server)) {
            TransportResponse first = call(transport, get()).execute();
            text(first);
            TransportResponse second = call(transport, get()).execute();
            text(second);
            TransportResponse single = call(transport, get().closingConnection()).execute();
            text(single);

            assertThat(first.connection().reused()).isFalse();
            assertThat(second.connection().reused()).isTrue();
            assertThat(second.connection().id()).isEqualTo(first.connection().id());
            assertThat(single.connection().reused()).isFalse();
        }
    }
}
