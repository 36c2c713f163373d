package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.testsupport.RawClient;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and answers as they should be. */
@ParameterizedClass
@EnumSource
class HttpServerTest {

    private final RecordingHandler handler = new RecordingHandler();
    private final EventLoopKind kind;
    private final HttpServer server;

    HttpServerTest(EventLoopKind kind) {
        this.kind = kind;
        server = HttpServer.start(kind.settings(), handler);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void request_eitherKindOfSettings_isOnAnEventLoopOfThatKind() throws Exception {
        BlockingQueue<Object> loops = new LinkedBlockingQueue<>();
        handler.answering((request, responder) -> {
            loops.add(responder.eventLoop());
            responder.send(RecordingHandler.text(200, ""));
        });
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.get("/").response().status()).isEqualTo(200);
        }
        assertThat(((IoEventLoop) loops.take()).isIoType(EpollIoHandler.class)).isEqualTo(kind == EventLoopKind.EPOLL);
    }

    @Test
    void get_withoutBody_isAnsweredAndTheConnectionStays() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            RawClient.Response first = client.get("/a?b=c").response();
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("/a?b=c 0");
            assertThat(first.head().header("Date")).endsWith("GMT");
            assertThat(first.head().header("Connection")).isNull();
            assertThat(client.get("/d").response().body()).isEqualTo("/d 0");
        }
        assertThat(handler.handled().getFirst().head().client()).isEqualTo("127.0.0.1");
        assertThat(handler.handled().getFirst().head().path()).isEqualTo("/a");
    }

    @Test
    void post_withLengthOrChunks_bringsTheSameBody() throws Exception {
        String body = "x".repeat(300_000);
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.post("/a", body).response().body()).isEqualTo("/a 300000");
            client.send("POST /b HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int piece = 0; piece < 3; piece++) {
                client.send("186A0;name=value\r\n" + body.substring(0, 100_000) + "\r\n");
            }
            client.send("0\r\nX-Trailer: dropped\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("/b 300000");
        }
        assertThat(handler.handled())
                .allMatch(request -> new String(request.body().bytes(), StandardCharsets.UTF_8).equals(body));
        assertThat(handler.handled().getLast().head().headers().contains("X-Trailer")).isFalse();
    }

    @Test
    void request_inSingleBytes_isUnderstood() throws Exception {
        String request = "\r\nPOST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2;x\r\nde\r\n0\r\nX: y\r\n\r\nGET /b HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawClient client = new RawClient(server.port())) {
            for (char character : request.toCharArray()) {
                client.send(String.valueOf(character));
            }
            assertThat(client.response().body()).isEqualTo("/a 5");
            assertThat(client.response().body()).isEqualTo("/b 0");
        }
    }

    @Test
    void stream_withoutLength_isChunkedAndEachPieceIsSentAtOnce() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("first".getBytes(StandardCharsets.UTF_8));
            seen.await();
            responder.write(new byte[0]);
            responder.write("second".getBytes(StandardCharsets.UTF_8));
            responder.end();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/").head();
            assertThat(client.chunkText()).isEqualTo("first");
            seen.countDown();
            assertThat(client.chunkText()).isEqualTo("second");
            assertThat(client.chunkText()).isEmpty();
            assertThat(client.get("/").head().status()).isEqualTo(200);
        }
    }

    @Test
    void stream_detached_goesOnWhenTheHandlerHasReturned() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            Runnable detached = responder.detach();
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("first".getBytes(StandardCharsets.UTF_8));
            Thread handling = Thread.currentThread();
            Thread unused = Thread.startVirtualThread(() -> {
                await(seen);
                join(handling);
                responder.write("second".getBytes(StandardCharsets.UTF_8));
                responder.end();
                detached.run();
            });
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/").head();
            assertThat(client.chunkText()).isEqualTo("first");
            seen.countDown();
            assertThat(client.chunkText()).isEqualTo("second");
            assertThat(client.chunkText()).isEmpty();
            assertThat(client.get("/").head().status()).isEqualTo(200);
        }
    }

    @Test
    void stream_detachedAndGivenUp_isNotComplete() throws Exception {
        handler.answering((request, responder) -> {
            Runnable detached = responder.detach();
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("first".getBytes(StandardCharsets.UTF_8));
            Thread unused = Thread.startVirtualThread(detached);
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/").head();
            assertThat(client.chunkText()).isEqualTo("first");
            assertThatThrownBy(client::chunkText).isInstanceOf(IOException.class);
        }
    }

    /** The prompts of a thousand streams would fill the memory for as long as these take. */
    @Test
    void stream_requestReleased_freesItsBody() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch secondSeen = new CountDownLatch(1);
        BlockingQueue<Throwable> readings = new LinkedBlockingQueue<>();
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.releaseRequest();
            responder.write("first".getBytes(StandardCharsets.UTF_8));
            seen.await();
            responder.write("second".getBytes(StandardCharsets.UTF_8)); // sent behind the task that frees the body
            secondSeen.await();
            readings.add(catchThrowable(request.body()::bytes));
            responder.end();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.post("/", "prompt").head();
            assertThat(client.chunkText()).isEqualTo("first");
            seen.countDown();
            assertThat(client.chunkText()).isEqualTo("second");
            secondSeen.countDown();
            assertThat(client.chunkText()).isEmpty();
        }
        assertThat(readings.poll(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofSeconds(10))).as("the handler returned").isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void stream_withLength_keepsTheConnection() throws Exception {
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.of("X-A", "b"), 6));
            responder.write("abc".getBytes(StandardCharsets.UTF_8));
            responder.write("def".getBytes(StandardCharsets.UTF_8));
            responder.end();
        });
        try (RawClient client = new RawClient(server.port())) {
            RawClient.Response response = client.get("/").response();
            assertThat(response.body()).isEqualTo("abcdef");
            assertThat(response.head().header("X-A")).isEqualTo("b");
            assertThat(response.head().header(RecordingHandler.COMMON)).isEqualTo("/");
            assertThat(client.get("/").response().body()).isEqualTo("abcdef");
        }
    }

    @Test
    void head_request_getsLengthWithoutBody() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            RawClient.Head head = client.send("HEAD /abc HTTP/1.1\r\nHost: localhost\r\n\r\n").head();
            assertThat(head.header("Content-Length")).isEqualTo("6");
            assertThat(client.get("/d").response().body()).isEqualTo("/d 0");
        }
    }

    @Test
    void notModifiedAndNoContent_haveNoBody() throws Exception {
        handler.answering((request, responder) ->
                responder.send(RecordingHandler.text(request.head().path().equals("/304") ? 304 : 204, "left out")));
        try (RawClient client = new RawClient(server.port())) {
            RawClient.Head notModified = client.get("/304").head();
            assertThat(notModified.status()).isEqualTo(304);
            assertThat(notModified.header("Content-Length")).isEqualTo("8");
            RawClient.Head noContent = client.get("/204").head();
            assertThat(noContent.status()).isEqualTo(204);
            assertThat(noContent.header("Content-Length")).isNull();
            assertThat(client.get("/204").head().status()).isEqualTo(204);
        }
    }

    @Test
    void oldProtocol_unknownLength_endsWithTheConnection() throws Exception {
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("abc".getBytes(StandardCharsets.UTF_8));
            responder.end();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");
            RawClient.Head head = client.head();
            assertThat(head.header("Connection")).isEqualTo("close");
            assertThat(head.header("Transfer-Encoding")).isNull();
            assertThat(client.textUntilEnd()).isEqualTo("abc");
        }
    }

    @Test
    void oldProtocol_keepAlive_staysWhenTheLengthIsKnown() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String request = "GET /a HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n";
            assertThat(client.send(request).response().head().header("Connection")).isEqualTo("keep-alive");
            assertThat(client.send(request.replace("keep-alive", "close")).response().body()).isEqualTo("/a 0");
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void connectionClose_inTheRequest_isAnsweredInKind() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(client.response().head().header("Connection")).isEqualTo("close");
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void abort_inAChunkedAnswer_leavesOutTheLastChunk() throws Exception {
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("abc".getBytes(StandardCharsets.UTF_8));
            responder.abort();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/").head();
            assertThat(client.textUntilEnd()).isEqualTo("3\r\nabc\r\n");
        }
    }

    @Test
    void abort_whereOnlyTheEndOfTheConnectionEndsTheBody_resetsIt() throws Exception {
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("abc".getBytes(StandardCharsets.UTF_8));
            responder.abort();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
            assertThatThrownBy(client::response).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void handler_thatReturnsOrFailsWithoutAnAnswer_endsTheConnection() throws Exception {
        handler.answering((request, responder) -> {
            if (request.head().path().equals("/fail")) {
                throw new ClientGoneException();
            }
        });
        for (String path : new String[] {"/return", "/fail"}) {
            try (RawClient client = new RawClient(server.port())) {
                assertThat(client.get(path).textUntilEnd()).isEmpty();
            }
        }
    }

    @Test
    void absoluteTarget_ofTheSameHost_isTakenAsPath() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET http://localhost/a?b HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("/a?b 0");
            client.send("GET http://LOCALHOST?b HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.response().body()).isEqualTo("/?b 0");
        }
    }

    @Test
    void upgrade_isIgnored() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(200);
        }
    }
}
