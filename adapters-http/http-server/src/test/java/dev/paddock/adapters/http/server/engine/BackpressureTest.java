package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.testsupport.Eventually;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerLimits.TimeLimit;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that send faster than they are answered, and clients that read more slowly than they are sent to. */
@ParameterizedClass
@EnumSource
class BackpressureTest {

    private static final int PIECE = 16 * 1024;

    private final RecordingHandler handler = new RecordingHandler();
    private final EventLoopKind kind;

    BackpressureTest(EventLoopKind kind) {
        this.kind = kind;
    }

    @Test
    void pipelinedRequests_areAnsweredInOrderOneAfterAnother() throws Exception {
        List<String> running = new ArrayList<>(); // only one handler at a time touches it
        handler.answering((request, responder) -> {
            running.add(request.head().target());
            assertThat(running).hasSize(1);
            running.clear();
            responder.send(RecordingHandler.text(200, request.head().target()));
        });
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            StringBuilder requests = new StringBuilder();
            for (int number = 0; number < 100; number++) {
                requests.append("POST /").append(number)
                        .append(" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
            }
            client.send(requests.toString());
            for (int number = 0; number < 100; number++) {
                assertThat(client.response().body()).isEqualTo("/" + number);
            }
        }
    }

    @Test
    void pipelinedRequests_afterOneThatIsWrong_areNotAnswered() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.get("/a").send("GET /b HTTP/1.1\r\n\r\n").get("/c");
            assertThat(client.response().body()).isEqualTo("/a 0");
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.read()).isEqualTo(-1);
        }
        assertThat(handler.targets()).containsExactly("/a");
    }

    @Test
    void endlessPipelining_isHeldBackWhileARequestIsAnswered() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            release.await();
            responder.send(RecordingHandler.text(200, "x"));
        });
        AtomicLong sent = new AtomicLong();
        byte[] requests = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        try (HttpServer server = start(ServerLimits.DEFAULT);
                Socket socket = new Socket("127.0.0.1", server.port())) {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.addAndGet(requests.length) > 0) {
                        socket.getOutputStream().write(requests);
                    }
                } catch (IOException closed) {
                    // the end of the test
                }
            });
            Eventually.awaitStandstill("the client has sent what buffers hold", sent::get);
            assertThat(sent.get()).as("kernel buffers and what the server holds").isLessThan(32L * 1024 * 1024);
            Eventually.await("the first is handled", () -> !handler.handled().isEmpty());
            assertThat(handler.handled()).hasSize(1);
            new RawClient(socket).disconnect();
            sender.join();
            release.countDown();
        }
    }

    @Test
    void slowReader_holdsTheHandlerBack() throws Exception {
        AtomicLong written = new AtomicLong();
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            for (int piece = 0; piece < 4_000; piece++) {
                responder.write(new byte[PIECE]);
                written.addAndGet(PIECE);
            }
            responder.end();
        });
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.get("/");
            Eventually.awaitStandstill("the server has sent what buffers hold", written::get);
            assertThat(written.get()).as("kernel buffers and what the server holds").isLessThan(32L * 1024 * 1024);
            assertThat(client.response().body()).hasSize(4_000 * PIECE);
        }
    }

    @Test
    void add_onTheEventLoop_keepsTheOrderOfAllPieces() throws Exception {
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write(text("a"));
            onLoop(responder, () -> {
                responder.add(text("b"));
                responder.add(text("c"));
                responder.flush();
                responder.add(text("d")); // is sent by what follows
            });
            responder.write(text("e"));
            onLoop(responder, () -> {
                responder.add(text("f"));
            });
            responder.end();
        });
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.get("/");
            assertThat(client.response().body()).isEqualTo("abcdef");
        }
    }

    @Test
    void add_onTheEventLoopWithoutAnEnd_isSentByFlush() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, 4));
            onLoop(responder, () -> {
                responder.add(text("ab"));
                responder.flush();
            });
            seen.await();
            onLoop(responder, () -> {
                responder.add(text("cd"));
            });
        });
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.get("/");
            assertThat(client.head().header("Content-Length")).isEqualTo("4");
            assertThat(new String(client.readBytes(2), StandardCharsets.US_ASCII)).isEqualTo("ab");
            seen.countDown();
            assertThat(new String(client.readBytes(2), StandardCharsets.US_ASCII)).isEqualTo("cd");
        }
    }

    @Test
    void add_clientThatDoesNotRead_isNotReadyUntilItReads() throws Exception {
        CountDownLatch full = new CountDownLatch(1);
        AtomicLong added = new AtomicLong();
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            while (addOnLoop(responder, added)) {
                assertThat(added.get()).as("kernel buffers and what the server holds").isLessThan(64L * 1024 * 1024);
            }
            full.countDown();
            responder.awaitReady();
            assertThat(addOnLoop(responder, added)).as("ready after the wait").isTrue();
            responder.end();
        });
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.get("/");
            full.await();
            assertThat(client.response().body()).hasSize((int) added.get());
        }
    }

    @Test
    void whenReady_clientLeaves_isRunSoThatTheWriterNotices() throws Exception {
        CountDownLatch full = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            while (addOnLoop(responder, new AtomicLong())) {
                continue;
            }
            full.countDown();
            responder.awaitReady();
            try {
                responder.add(text("a"));
            } catch (ClientGoneException left) {
                gone.countDown();
                throw left;
            }
        });
        try (HttpServer server = start(ServerLimits.DEFAULT)) {
            try (RawClient client = new RawClient(server.port())) {
                client.get("/");
                full.await();
            }
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void abort_afterMoreThanTheClientHasRead_stillSendsThat() throws Exception {
        int whole = 8 * 1024 * 1024;
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, whole + 1L));
            responder.write(new byte[whole]);
            responder.abort();
        });
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.get("/");
            Eventually.await(() -> handler.handled().size() == 1);
            assertThat(client.head().header("Content-Length")).isEqualTo(String.valueOf(whole + 1));
            assertThat(client.textUntilEnd()).hasSize(whole);
        }
    }

    @Test
    void readerThatStandsStill_isGivenUp() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            try {
                while (true) {
                    responder.write(new byte[PIECE]);
                }
            } catch (ClientGoneException left) {
                gone.countDown();
                throw left;
            }
        });
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.WRITE_STALL, Duration.ofMillis(300)));
                RawClient client = new RawClient(server.port())) {
            client.get("/");
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void readerThatLeavesTheEndOfAWholeAnswer_isGivenUp() throws Exception {
        handler.answering((request, responder) -> {
            byte[] large = new byte[64 * 1024 * 1024];
            responder.send(new ServerResponse(200, Headers.EMPTY, large));
        });
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.WRITE_STALL, Duration.ofMillis(300)));
                RawClient client = new RawClient(server.port())) {
            client.get("/").get("/never");
            Eventually.await(() -> handler.handled().size() == 1);
            Eventually.await(() -> server.connectionCount() == 0);
        }
        assertThat(handler.targets()).containsExactly("/");
    }

    private HttpServer start(ServerLimits limits) {
        return HttpServer.start(kind.settings().withLimits(limits), handler);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean addOnLoop(Responder responder, AtomicLong added) {
        boolean isReady = onLoop(responder, () -> {
            boolean hasRoom = responder.add(new byte[PIECE]);
            responder.flush();
            return hasRoom;
        });
        added.addAndGet(PIECE);
        return isReady;
    }

    private static <T> T onLoop(Responder responder, Supplier<T> action) {
        return CompletableFuture.supplyAsync(action, responder.eventLoop()).join();
    }

    private static void onLoop(Responder responder, Runnable action) {
        CompletableFuture.runAsync(action, responder.eventLoop()).join();
    }
}
