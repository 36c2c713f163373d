package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.testsupport.RawClient;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a handler learns of a client that leaves while the handler is at work. */
@ParameterizedClass
@EnumSource
class ClientDisconnectTest {

    private final RecordingHandler handler = new RecordingHandler();
    private final HttpServer server;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    ClientDisconnectTest(EventLoopKind kind) {
        server = HttpServer.start(kind.settings(), handler);
    }

    @BeforeEach
    void waitForTheClientToLeave() {
        handler.answering((request, responder) -> {
            request.cancellation().onCancel(cancelled::countDown);
            entered.countDown();
            cancelled.await();
            seen.add(responder.isClientGone());
            try {
                responder.send(RecordingHandler.text(200, "too late"));
            } catch (ClientGoneException gone) {
                seen.add(gone);
                throw gone;
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void client_thatCloses_cancelsTheRequestBeforeAnyByteWasSent() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.post("/", "{}");
            entered.await();
        }
        assertClientGone();
    }

    @Test
    void client_thatClosesItsHalf_cancelsTheRequest() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.post("/", "{}");
            entered.await();
            client.halfClose();
            assertClientGone();
            assertThat(client.textUntilEnd()).isEmpty();
        }
    }

    @Test
    void client_thatResets_cancelsTheRequest() throws Exception {
        RawClient client = new RawClient(server.port()).get("/");
        entered.await();
        client.reset();
        assertClientGone();
    }

    @Test
    void client_thatSentTheNextRequestAlready_isStillSeenToLeave() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.get("/").get("/next").get("/and-next");
            entered.await();
        }
        assertClientGone();
        assertThat(handler.targets()).containsExactly("/");
    }

    @Test
    void client_thatLeavesDuringAStream_endsIt() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            try {
                while (true) {
                    responder.write(new byte[100]);
                }
            } catch (ClientGoneException gone) {
                seen.add(request.cancellation().isCancelled());
                ended.countDown();
                throw gone;
            }
        });
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.get("/").head().status()).isEqualTo(200);
        }
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(true);
    }

    @Test
    void client_thatLeavesInTheMiddleOfARequest_isForgotten() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\nHost: loc");
        }
        handler.answering((request, responder) -> responder.send(RecordingHandler.text(200, "here")));
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.get("/next").response().body()).isEqualTo("here");
        }
        assertThat(handler.targets()).containsExactly("/next");
        assertThat(handler.worded()).isEmpty();
    }

    @Test
    void responder_afterItsAnswerIsComplete_refusesMore() throws Exception {
        handler.answering((request, responder) -> {
            responder.send(RecordingHandler.text(200, "whole"));
            responder.abort();
            assertThat(responder.hasBegun()).isTrue();
            assertThatThrownBy(responder::end).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> responder.send(RecordingHandler.text(200, "again")))
                    .isInstanceOf(IllegalStateException.class);
            seen.add("refused");
        });
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.get("/").response().body()).isEqualTo("whole");
            assertThat(client.get("/").response().body()).isEqualTo("whole");
        }
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("refused");
    }

    private void assertClientGone() throws InterruptedException {
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(true);
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
    }
}
