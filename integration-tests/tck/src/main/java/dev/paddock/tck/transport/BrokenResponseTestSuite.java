package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.tck.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which an answer can break has its own name, and none of them is a success or a hang. */
public abstract class BrokenResponseTestSuite extends TransportTestSuite {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @Test
    void execute_portClosed_isRefused() throws IOException {
        // A port that is bound but not listened on refuses, and nobody else can take it meanwhile.
        try (Socket reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Endpoint endpoint = new Endpoint(false, "127.0.0.1", reserved.getLocalPort());
            try (HttpTransport transport =
                    factory().create(endpoint, TransportFixture.PATIENT, new ConnectionLedger())) {
                TransportException failure = catchThrowableOfType(
                        TransportException.class,
                        () -> transport.newCall(get("/"), CallListener.none()).execute());
                assertThat(failure.failure()).isEqualTo(TransportFailure.CONNECTION_REFUSED);
                assertThat(failure.progress().bytesWritten()).isZero();
            }
        }
    }

    @Test
    void execute_hostWithoutAddress_isUnknown() {
        try (var transport = factory().create(
                new Endpoint(false, "no-such-host.invalid", 80), TransportFixture.PATIENT, new ConnectionLedger())) {
            TransportException failure = catchThrowableOfType(
                    TransportException.class, () -> transport.newCall(get("/"), CallListener.none()).execute());
            assertThat(failure.failure()).isEqualTo(TransportFailure.UNKNOWN_HOST);
        }
    }

    @Test
    void execute_serverClosesInsteadOfAnswering_isNoResponse() {
        TransportException failure = failureOf(post("/api/chat", "{}"), connection -> connection.readRequest());

        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
        assertThat(failure.progress().responseStarted()).isFalse();
        assertThat(failure.progress().connectionReused()).isFalse();
    }

    @Test
    void execute_serverResetsInsteadOfAnswering_isNoResponse() {
        TransportException failure = failureOf(post("/api/chat", "{}"), connection -> {
            connection.readRequest();
            connection.reset();
        });

        assertThat(failure.failure()).isEqualTo(TransportFailure.NO_RESPONSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "HTTP/1.1 banana\r\n\r\n",
                OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                OK + "Content-Length: -1\r\n\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n",
            })
    void read_responseThatBreaksHttp_isMalformed(String response) {
        TransportException failure = failureOf(get("/"), answering(response));

        assertThat(failure.failure()).isEqualTo(TransportFailure.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 10\r\n\r\nhello",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3",
            })
    void read_bodyThatEndsEarly_isTruncated(String response) {
        TransportException failure = failureOf(get("/"), answering(response));

        assertThat(failure.failure()).isEqualTo(TransportFailure.TRUNCATED);
        assertThat(failure.progress().phase()).isEqualTo(CallPhase.BODY);
        assertThat(failure.progress().responseStarted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Content-Length: 5\r\n\r\nhello",
                OK + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n",
            })
    void read_responseThatEndsAtAnyByte_isNeverASuccess(String response) {
        int head = response.indexOf("\r\n\r\n") + 4;
        ConnectionScript script = connection -> {
            connection.readRequest();
            connection.send(response.substring(0, connection.number()));
        };
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            for (int length = 1; length < response.length(); length++) {
                String description = length + " of " + response.length() + " bytes";
                TransportException failure = catchThrowableOfType(
                        TransportException.class, () -> fixture.fetch(post("/api/chat", "{}").closingConnection()));

                assertThat(failure).as(description).isNotNull();
                assertThat(failure.progress().responseStarted()).as(description).isTrue();
                if (length >= head) {
                    assertThat(failure.failure()).as(description).isEqualTo(TransportFailure.TRUNCATED);
                }
            }
            assertThat(fixture.server().requests()).hasSize(response.length() - 1);
        }
    }

    @Test
    void read_connectionResetInTheBody_isReset() {
        TransportException failure = failureOf(get("/"), connection -> {
            connection.readRequest();
            connection.sendChunkedHead("application/x-ndjson");
            connection.sendChunk("{}\n");
            connection.reset();
        });

        assertThat(failure.failure()).isEqualTo(TransportFailure.RESET);
    }

    private TransportException failureOf(TransportRequest request, ConnectionScript script) {
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> fixture.fetch(request));
            assertThat(failure).as("the broken response is a failure").isNotNull();
            assertThat(fixture.server().requests()).as("requests that the server saw").hasSize(1);
            assertThat(fixture.transport().idleConnections()).as("idle connections").isIn(null, 0);
            return failure;
        }
    }

    private static ConnectionScript answering(String response) {
        return connection -> {
            connection.readRequest();
            connection.send(response);
        };
    }
}
