package dev.paddock.adapters.http.jdk;

import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.failing;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.Http2Server;
import dev.paddock.tck.server.ScriptedServer;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 is spoken only where it is asked for and offered over TLS; calls then share a connection. */
class JdkHttp2Test {

    private final Http2Server server = Http2Server.start();

    @AfterEach
    void stopServer() {
        server.close();
    }

    private HttpTransport transport(JdkTransportFactory factory) {
        return factory.create(server.endpoint(), Http2Server.clientSettings(), Transports.DEAF);
    }

    private HttpTransport http2() {
        return transport(new JdkTransportFactory().http2());
    }

    private static TransportRequest slow() {
        return new TransportRequest("GET", "/slow", Headers.EMPTY, new byte[0]);
    }

    @Test
    void execute_notAskedFor_speaksHttp11() {
        try (HttpTransport transport = transport(new JdkTransportFactory());
                TransportResponse response = call(transport, get("/")).execute()) {
            assertThat(response.protocol()).isEqualTo("HTTP/1.1");
            assertThat(readAll(response)).isEqualTo("hi");
            assertThat(server.nextRequest().getVersion()).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    void execute_askedFor_speaksHttp2OverOneConnection() {
        try (HttpTransport transport = http2()) {
            for (int number = 0; number < 3; number++) {
                try (TransportResponse response = call(transport, get("/")).execute()) {
                    assertThat(response.protocol()).isEqualTo("HTTP/2");
                    assertThat(response.headers().first("x-case")).isEqualTo("Kept");
                    assertThat(response.headers().fields()).noneMatch(field -> field.name().startsWith(":"));
                    assertThat(readAll(response)).isEqualTo("hi");
                    assertThat(server.nextRequest().getConnectionIndex()).isZero();
                }
            }
        }
    }

    @Test
    void execute_largeBody_isSentWhole() {
        try (HttpTransport transport = http2()) {
            assertThat(fetch(transport, post(new byte[1_000_000]))).isEqualTo("hi");
            assertThat(server.nextRequest().getBodySize()).isEqualTo(1_000_000);
        }
    }

    @Test
    void cancel_oneOfSeveralCalls_leavesTheOthersAlone() throws Exception {
        try (HttpTransport transport = http2()) {
            fetch(transport);
            server.nextRequest();
            TransportCall cancelled = call(transport, slow());
            FutureTask<TransportException> waiting = failing(true, cancelled::execute);
            server.nextRequest();
            FutureTask<String> other = new FutureTask<>(() -> fetch(transport, slow()));
            Thread.ofVirtual().start(other);
            server.nextRequest();

            cancelled.cancel();

            assertThat(waiting.get(4, TimeUnit.SECONDS).failure()).isEqualTo(TransportFailure.CANCELLED);
            server.answerSlow();
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("hi");
            fetch(transport);
            assertThat(server.nextRequest().getConnectionIndex()).isZero();
        }
    }

    @Test
    void execute_connectionNotToBeKept_hasOneOfItsOwn() {
        try (HttpTransport transport = http2()) {
            fetch(transport);
            assertThat(server.nextRequest().getConnectionIndex()).isZero();
            fetch(transport, get("/").withoutConnectionReuse());
            assertThat(server.nextRequest().getConnectionIndex()).isEqualTo(1);
        }
    }

    @Test
    void execute_askedForOnCleartext_doesNotAskToChangeTheProtocol() {
        try (ScriptedServer plain = ScriptedServer.start(
                        ConnectionScript.sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
                HttpTransport transport = new JdkTransportFactory()
                        .http2()
                        .create(plain.endpoint(), TransportSettings.DEFAULT, Transports.DEAF)) {
            assertThat(fetch(transport)).isEqualTo("hi");
            assertThat(plain.requests().toString())
                    .doesNotContainIgnoringCase("upgrade")
                    .doesNotContainIgnoringCase("http2");
        }
    }
}
