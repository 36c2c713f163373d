package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.testsupport.Eventually;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server stops. */
class GracefulShutdownTest {

    private final RecordingHandler handler = new RecordingHandler();
    private final HttpServer server = HttpServer.start(HttpServerSettings.of("127.0.0.1", 0), handler);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void drain_letsARequestFinishAndSaysClose() throws Exception {
        handler.answering((request, responder) -> {
            release.await();
            responder.send(RecordingHandler.text(200, "finished"));
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/a").get("/next");
            Eventually.await(() -> handler.handled().size() == 1);
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(30)));
            Eventually.await(server::isDraining);
            Eventually.await(this::refusesConnections);
            release.countDown();

            RawClient.Response response = client.response();
            assertThat(response.body()).isEqualTo("finished");
            assertThat(response.head().header("Connection")).isEqualTo("close");
            assertThat(client.read()).isEqualTo(-1);
            client.disconnect();
            assertThat(cut.get(10, TimeUnit.SECONDS)).isZero();
        }
        assertThat(handler.targets()).containsExactly("/a");
    }

    @Test
    void drain_ofIdleConnections_endsThem() throws Exception {
        try (RawClient used = new RawClient(server.port()); RawClient unused = new RawClient(server.port())) {
            used.get("/a").response();
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(30)));
            assertThat(used.read()).isEqualTo(-1);
            assertThat(unused.read()).isEqualTo(-1);
            used.disconnect();
            unused.disconnect();
            assertThat(cut.get(10, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void drain_stillAnswersOnAConnectionThatWasInUseAMomentAgo() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.get("/a").response();
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(30)));
            Eventually.await(server::isDraining);
            RawClient.Response last = client.get("/b").response();
            assertThat(last.body()).isEqualTo("/b 0");
            assertThat(last.head().header("Connection")).isEqualTo("close");
            client.disconnect();
            assertThat(cut.get(10, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void drain_atItsLimit_cancelsAndLetsTheHandlerSayItsLastWords() throws Exception {
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("begun".getBytes(StandardCharsets.UTF_8));
            request.cancellation().onCancel(release::countDown);
            release.await();
            String words = responder.isClientGone() ? "gone" : "stopped";
            responder.write(words.getBytes(StandardCharsets.UTF_8));
            responder.end();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/").head();
            assertThat(client.chunkText()).isEqualTo("begun");
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> server.drain(Duration.ofMillis(100)));
            assertThat(client.chunkText()).isEqualTo("stopped");
            assertThat(client.chunkText()).isEmpty();
            assertThat(client.read()).isEqualTo(-1);
            client.disconnect();
            assertThat(cut.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    /** Nobody sees the end of such a request, except those who are told of it: its access log must not be lost. */
    @Test
    void drain_ofADetachedRequestWhoseClientHasLeft_waitsForIt() throws Exception {
        CompletableFuture<Runnable> later = new CompletableFuture<>();
        handler.atOnce("/now").answering((request, responder) -> {
            Runnable detached = responder.detach();
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("begun".getBytes(StandardCharsets.UTF_8));
            if (request.head().path().equals("/now")) {
                responder.end();
                detached.run();
            } else {
                later.complete(detached);
            }
        });
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.get("/now").response().chunks()).containsExactly("begun"); // and counts once
            client.get("/later").head();
            assertThat(client.chunkText()).isEqualTo("begun");
        }
        Eventually.await(() -> server.connectionCount() == 0);
        CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> cut.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        later.get().run();

        assertThat(cut.get(10, TimeUnit.SECONDS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void drain_clientOfFiguresDoesNotRead_doesNotWaitForIt(boolean beforeItIsNoticed) throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        handler.delayingNoDrain("/figures").answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            while (!responder.isClientGone() && responder.add(new byte[64 * 1024])) {
                responder.flush();
            }
            written.countDown();
            if (beforeItIsNoticed) {
                release.await();
            }
            responder.write(new byte[1]); // waits for room
            responder.end();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/figures");
            written.await();
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> server.drain(Duration.ofDays(1)));
            Eventually.await(server::isDraining);
            release.countDown();

            assertThat(cut.get(20, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void drain_ofAHandlerThatDoesNotStop_endsTheConnection() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.write("begun".getBytes(StandardCharsets.UTF_8));
            never.await();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/").head();
            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(() -> server.drain(Duration.ofMillis(1)));
            assertThat(client.textUntilEnd()).isEqualTo("5\r\nbegun\r\n");
            assertThat(cut.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            never.countDown();
        }
    }

    @Test
    void close_cancelsWhatRuns() throws Exception {
        handler.answering((request, responder) -> {
            request.cancellation().onCancel(release::countDown);
            release.await();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.get("/");
            Eventually.await(() -> handler.handled().size() == 1);
            server.close();
            assertThat(client.textUntilEnd()).isEmpty();
        }
        assertThat(release.getCount()).isZero();
    }

    private boolean refusesConnections() {
        try (RawClient late = new RawClient(server.port())) {
            return late.read() < 0;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    @Test
    void start_onAPortThatIsTaken_fails() {
        assertThatThrownBy(() -> HttpServer.start(HttpServerSettings.of("127.0.0.1", server.port()), handler))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1 port " + server.port() + ": Address already in use");
    }
}
