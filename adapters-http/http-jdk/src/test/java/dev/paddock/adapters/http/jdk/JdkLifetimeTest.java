package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Transports.transport;
import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long connections live, and that calls never pay for the end of those of others. */
class JdkLifetimeTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofNanos(1);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    /** Answers every request in the same way and tells how the connection ended. */
    private ConnectionScript answering(String response) {
        return connection -> {
            ConnectionScript.sending(response).play(connection);
            ends.add("end");
        };
    }

    @Test
    void execute_connectionPastItsTotalLifetime_isReplacedAndClosed() {
        try (ScriptedServer server = ScriptedServer.start(answering(OK));
                HttpTransport transport = transport(server, LONG, SHORTEST)) {
            fetch(transport);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
            Eventually.next(ends);
        }
    }

    @Test
    void execute_connectionUnusedForTooLong_isReplacedAndClosed() {
        try (ScriptedServer server = ScriptedServer.start(answering(OK));
                HttpTransport transport = transport(server, SHORTEST, LONG)) {
            fetch(transport);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
            Eventually.next(ends);
        }
    }

    @Test
    void execute_serverThatKeepsConnectionsForASecond_isNotAskedOverThemAgain() {
        String brief = "HTTP/1.1 200 OK\r\nKeep-Alive: max=100, timeout=1\r\nContent-Length: 2\r\n\r\nhi";
        try (ScriptedServer server = ScriptedServer.start(answering(brief));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            Eventually.next(ends);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void execute_serverThatKeepsConnectionsForLong_isAskedOverThemAgain() {
        String ample = "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=100\r\nContent-Length: 2\r\n\r\nhi";
        try (ScriptedServer server = ScriptedServer.start(answering(ample));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void closeIdle_usedRecently_keepsTheConnection() {
        try (ScriptedServer server = ScriptedServer.start(answering(OK));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            transport.closeIdle(LONG);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void closeIdle_unused_closesTheConnection() {
        try (ScriptedServer server = ScriptedServer.start(answering(OK));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            transport.closeIdle(Duration.ZERO);
            Eventually.next(ends);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void closeIdle_withAnOpenResponse_leavesThatAlone() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab");
                    ends.add("half");
                    connection.awaitDisconnect();
                    ends.add("end");
                });
                HttpTransport transport = transport(server)) {
            TransportResponse open = call(transport, get("/")).execute();
            Eventually.next(ends);
            assertThat(open.read(new byte[2], 0, 2)).isEqualTo(2);
            transport.closeIdle(Duration.ZERO);
            assertThat(ends.poll(200, TimeUnit.MILLISECONDS)).isNull();
            open.close();
            Eventually.next(ends);
        }
    }

    @Test
    void execute_connectionNotToBeKept_isClosedAfterUseAndLeavesOthersAlone() {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.start(answering(chunked));
                HttpTransport transport = transport(server)) {
            fetch(transport);
            assertThat(fetch(transport, get("/").withoutConnectionReuse())).isEqualTo("hi");
            Eventually.next(ends);
            fetch(transport);
            assertThat(server.accepted()).isEqualTo(2);
            assertThat(ends).isEmpty();
        }
    }

    @Test
    void execute_unaskedBytesOnAnIdleConnection_endItBeforeTheNextCall() {
        CountDownLatch idle = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send(OK);
                    Eventually.open(idle);
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
                    connection.awaitDisconnect();
                    ends.add("end");
                });
                HttpTransport transport = transport(server)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            idle.countDown();
            Eventually.next(ends);
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void connection_ofASecondCall_isSaidToBeReusedWhereThePlatformTells() {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
        try (ScriptedServer server = ScriptedServer.start(answering(OK));
                HttpTransport transport = transport(server)) {
            TransportResponse first = call(transport, get("/")).execute();
            readAll(first);
            TransportResponse second = call(transport, get("/")).execute();
            readAll(second);
            TransportResponse single = call(transport, get("/").withoutConnectionReuse()).execute();
            readAll(single);

            assertThat(first.connection().reused()).isFalse();
            assertThat(second.connection().reused()).isTrue();
            assertThat(second.connection().id()).isEqualTo(first.connection().id());
            assertThat(single.connection().reused()).isFalse();
        }
    }
}
