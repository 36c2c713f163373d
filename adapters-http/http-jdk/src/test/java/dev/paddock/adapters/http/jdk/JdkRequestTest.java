package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Transports.transport;
import static dev.paddock.tck.transport.TransportCalls.call;
import static dev.paddock.tck.transport.TransportCalls.fetch;
import static dev.paddock.tck.transport.TransportCalls.post;
import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, what is refused rather than changed, and how far the client reads and writes ahead. */
class JdkRequestTest {

    private static final long MORE_THAN_SOCKETS_BUFFER = 32 << 20;
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

    private static ReceivedRequest sent(TransportRequest request) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.start(
                        ConnectionScript.sending(request.method().equals("HEAD") ? head : OK));
                HttpTransport transport = transport(server)) {
            assertThat(fetch(transport, request)).isEqualTo(request.method().equals("HEAD") ? "" : "hi");
            assertThat(server.requests()).hasSize(1);
            return server.requests().getFirst();
        }
    }

    @Test
    void execute_ownUserAgent_isTheOnlyOne() {
        Headers headers = Headers.of("User-Agent", "paddock/1");
        assertThat(sent(new TransportRequest("GET", "/", headers, new byte[0])).fields())
                .filteredOn(field -> field.startsWith("User-Agent"))
                .containsExactly("User-Agent: paddock/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "POST", "PUT", "PROPFIND"})
    void execute_withoutBody_saysThatThereIsNone(String method) {
        ReceivedRequest request = sent(new TransportRequest(method, "/a?b=c", Headers.EMPTY, new byte[0]));
        assertThat(request.requestLine()).isEqualTo(method + " /a?b=c HTTP/1.1");
        assertThat(request.fields()).contains("Content-Length: 0");
        assertThat(request.body()).isEmpty();
    }

    @Test
    void execute_largeBody_isSentWhole() {
        byte[] body = new byte[300_001];
        for (int index = 0; index < body.length; index++) {
            body[index] = (byte) ('a' + index % 26);
        }
        assertThat(sent(post(body)).body()).isEqualTo(new String(body, StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({"/a?", "/a#b", "/a b", "/a|b", "a", "'/{\"x\"}'", "*", "@evil/"})
    void newCall_targetThatWouldBeChanged_isRefused(String target) {
        assertRefused(new TransportRequest("GET", target, Headers.EMPTY, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "Expect", "Upgrade"})
    void newCall_fieldThatThePlatformRestricts_isRefused(String name) {
        assertRefused(new TransportRequest("GET", "/", Headers.of(name, "x"), new byte[0]));
    }

    private static void assertRefused(TransportRequest request) {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = transport(server)) {
            assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> call(transport, request));
        }
    }

    @Test
    void create_hostThatIsNoneOfAUri_isRefused() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> transport(new Endpoint(false, "my_host", 80), TransportSettings.DEFAULT))
                .withMessageContaining("my_host");
    }

    @Test
    void execute_largeBody_tellsItsProgress() {
        BlockingQueue<String> progress = new LinkedBlockingQueue<>();
        CallListener listener = new CallListener() {
            @Override
            public void phaseStarted(CallPhase phase) {
                progress.add(phase.name());
            }

            @Override
            public void bodyPieceSent() {
                progress.add("sent");
            }
        };
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.sending(OK));
                HttpTransport transport = transport(server)) {
            readAll(transport.newCall(post(new byte[150_000]), listener).execute());
            assertThat(progress).containsExactly("CONNECT", "SEND", "sent", "sent", "sent", "HEAD");
            progress.clear();
            readAll(transport.newCall(get("/"), listener).execute());
            assertThat(progress).containsExactly("CONNECT", "HEAD");
        }
    }

    @Test
    void read_slowReader_slowsTheServer() throws Exception {
        AtomicLong written = new AtomicLong();
        CountDownLatch over = new CountDownLatch(1);
        byte[] chunk = ("8000\r\n" + "x".repeat(0x8000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    while (over.getCount() > 0) {
                        connection.send(chunk);
                        written.addAndGet(0x8000);
                    }
                });
                HttpTransport transport = transport(server);
                TransportResponse response = call(transport, get("/")).execute()) {
            assertThat(response.read(new byte[1], 0, 1)).isEqualTo(1);
            long stalledAt = -1;
            while (written.get() != stalledAt && stalledAt < MORE_THAN_SOCKETS_BUFFER) {
                stalledAt = written.get();
                over.await(500, TimeUnit.MILLISECONDS);
            }
            assertThat(stalledAt).as("what two sockets buffer, and not much more").isLessThan(MORE_THAN_SOCKETS_BUFFER);
        } finally {
            over.countDown();
        }
    }

    @Test
    void read_bytesThatHaveArrived_doNotWaitForMore() {
        try (ScriptedServer server = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    for (String token : List.of("a", "b", "c")) {
                        connection.send("1\r\n" + token + "\r\n");
                        // The next piece is sent only when this one was read.
                        Eventually.next(taken);
                    }
                    connection.send("0\r\n\r\n");
                });
                HttpTransport transport = transport(server);
                TransportResponse response = call(transport, get("/")).execute()) {
            byte[] buffer = new byte[1000];
            for (String token : List.of("a", "b", "c")) {
                assertThat(response.read(buffer, 0, buffer.length)).isEqualTo(1);
                assertThat(new String(buffer, 0, 1, StandardCharsets.US_ASCII)).isEqualTo(token);
                taken.add(token);
            }
            assertThat(response.read(buffer, 0, buffer.length)).isEqualTo(-1);
        }
    }
}
