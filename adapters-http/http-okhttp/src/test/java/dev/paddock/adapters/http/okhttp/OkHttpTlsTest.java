package dev.paddock.adapters.http.okhttp;

import static dev.paddock.tck.transport.TransportFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import dev.paddock.tck.transport.TransportFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** TLS: how the library takes leave. */
class OkHttpTlsTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    @Test
    void execute_serverBreaksHttpAndKeepsItsSideOpen_failsWithoutWaitingForIt() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        ConnectionScript breaking = connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");
            Eventually.open(over);
        };
        SSLContext context = ServerIdentity.LOCAL.serverContext();
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (TransportFixture fixture = TransportFixture.startSecure(
                    new OkHttpTransportFactory(), ScriptedServer.startSecure(context, version, breaking))) {
                Future<TransportException> failing = Parallel.start(() -> fixture.failureOf(get("/")));
                assertThat(failing.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.MALFORMED);
            }
        }
        over.countDown();
    }

    @Test
    void closeIdle_unusedConnection_endsTlsInOrder() {
        BlockingQueue<Boolean> inOrder = new LinkedBlockingQueue<>();
        ConnectionScript once = connection -> {
            connection.readRequest();
            connection.send(OK);
            inOrder.add(connection.awaitDisconnect());
        };
        try (TransportFixture fixture = TransportFixture.startSecure(new OkHttpTransportFactory(), once)) {
            fixture.fetch(get("/"));
            fixture.transport().closeIdle(Duration.ZERO);
            assertThat(Eventually.next(inOrder)).isTrue();
        }
    }
}
