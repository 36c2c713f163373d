package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A client is seen to leave behind any number of bytes that it sent before its answer. A failing test waits, even inside a write. */
@ParameterizedClass
@EnumSource
@Timeout(value = 12, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelinedDisconnectTest {

    private final RecordingHandler handler = new RecordingHandler();
    private final HttpServer server;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);

    PipelinedDisconnectTest(EventLoopKind kind) {
        server = HttpServer.start(kind.settings(), handler);
    }

    @BeforeEach
    void waitForTheClientToLeave() {
        handler.answering((request, responder) -> {
            request.cancellation().onCancel(cancelled::countDown);
            entered.countDown();
            cancelled.await();
        });
    }

    @AfterEach
    void stop() {
        cancelled.countDown();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"66000, false", "200000, true", "2000000, false", "8000000, true"})
    void client_thatSentMoreThanIsHeld_isStillSeenToLeave(int bytes, boolean byReset) throws Exception {
        RawClient client = new RawClient(server.port()).post("/", "{}");
        entered.await();
        sendWhileTaken(client, new byte[bytes]);
        if (byReset) {
            client.reset();
        } else {
            client.close();
        }
        cancelled.await();
    }

    @Test
    void client_thatSentTheBodyOfTheNextRequest_isStillSeenToLeave() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.post("/", "{}");
            entered.await();
            client.send("POST /next HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(290_000));
        }
        cancelled.await();
        assertThat(handler.targets()).containsExactly("/");
    }

    @Test
    void client_thatSendsWithoutEnd_isDisconnected() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.post("/", "{}");
            entered.await();
            assertThat(sendWhileTaken(client, new byte[64 * 1024 * 1024])).as("all was taken").isFalse();
            cancelled.await();
        }
    }

    @Test
    void client_thatSentMoreThanIsHeldAndStays_getsItsAnswerAsTheLast() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            entered.countDown();
            release.await();
            responder.send(RecordingHandler.text(200, "whole"));
        });
        byte[] requests = "GET /more HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(190_000).getBytes(StandardCharsets.US_ASCII);
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSendBufferSize(8 * 1024);
        try (RawClient client = new RawClient(socket)) {
            client.post("/", "{}");
            entered.await();
            client.send(requests); // more than both sides buffer: it returns once they are discarded
            release.countDown();
            RawClient.Response response = client.response();
            assertThat(response.body()).isEqualTo("whole");
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(client.read()).isEqualTo(-1);
        }
        assertThat(handler.targets()).containsExactly("/");
    }

    @Test
    void client_thatSentManyRequestsThatAreAnsweredSoon_getsAllAnswers() throws Exception {
        handler.answering((request, responder) -> responder.send(RecordingHandler.text(200, request.head().path())));
        int count = 10_000;
        byte[] requests = "GET /p HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(count).getBytes(StandardCharsets.US_ASCII);
        try (RawClient client = new RawClient(server.port())) {
            Future<RawClient> sending = Parallel.start(() -> client.send(requests));
            for (int number = 0; number < count; number++) {
                assertThat(client.response().status()).isEqualTo(200);
            }
            Parallel.resultOf(sending);
        }
    }

    /** Sends bytes as long as the server takes them, and returns whether it took all. */
    private static boolean sendWhileTaken(RawClient client, byte[] bytes) {
        try {
            client.send(bytes);
            return true;
        } catch (IOException disconnected) {
            return false;
        }
    }
}
