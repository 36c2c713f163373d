package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerLimits.SizeLimit;
import dev.paddock.adapters.http.server.ServerLimits.TimeLimit;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large for memory wait in a file, which nobody finds afterwards. */
class UploadTest {

    private static final int PIECE = 64 * 1024;
    private static final int PIECES = 80;
    private static final String HEAD = "POST /upload HTTP/1.1\r\nHost: localhost\r\n";

    private final RecordingHandler handler = new RecordingHandler().taking("/upload");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void upload_largerThanMemoryAllows_isHandledWholeAndTheNextRequestToo(boolean announced) throws Exception {
        handler.answering((request, responder) ->
                responder.send(RecordingHandler.text(200, wrongBytes(request.body()) + " of " + request.body().length())));
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.BODY_BYTES, 10).with(SizeLimit.TOTAL_BODY_BYTES, 10));
                RawClient client = new RawClient(server.port())) {
            client.send(HEAD + (announced ? "Content-Length: " + PIECE * PIECES : "Transfer-Encoding: chunked") + "\r\n\r\n");
            for (int at = 0; at < PIECES; at++) {
                client.send(announced ? piece(at) : "10000\r\n" + piece(at) + "\r\n");
            }
            client.send((announced ? "" : "0\r\n\r\n") + "GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(client.response().body()).isEqualTo("0 of " + PIECE * PIECES);
            assertThat(client.response().body()).isEqualTo("0 of 0");
            assertThat(handler.targets()).containsExactly("/upload", "/next");
        }
    }

    @Test
    void upload_ofAnyOtherPath_isRefusedAsBefore() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.BODY_BYTES, 10)); RawClient client = new RawClient(server.port())) {
            assertThat(client.post("/p", "01234567890").response().status()).isEqualTo(413);
        }
    }

    @Test
    void upload_announcedTooLarge_isRefusedBeforeAnyOfItIsSent() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.UPLOAD_BYTES, 10)); RawClient client = new RawClient(server.port())) {
            assertThat(client.send(HEAD + "Content-Length: 11\r\n\r\n").response().status()).isEqualTo(413);
        }
        assertThat(handler.worded().getFirst().path()).isEqualTo("/upload");
    }

    @Test
    void upload_thatBecomesTooLarge_isRefused() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(SizeLimit.UPLOAD_BYTES, 10)); RawClient client = new RawClient(server.port())) {
            client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n5\r\n01234\r\n");
            assertThat(client.response().status()).isEqualTo(413);
        }
        assertThat(handler.handled()).isEmpty();
    }

    @Test
    void upload_thatIsNotSlow_mayTakeAnyTime() throws Exception {
        Duration limit = Duration.ofMillis(300);
        ServerLimits limits = ServerLimits.DEFAULT
                .with(TimeLimit.BODY_INTERVAL, Duration.ofMillis(1)).with(SizeLimit.BODY_BYTES_PER_SECOND, 1).with(TimeLimit.BODY, limit);
        try (HttpServer server = start(limits); RawClient client = new RawClient(server.port())) {
            client.send(HEAD + "Content-Length: 60\r\n\r\n" + "0".repeat(59));
            long soon = System.nanoTime() + 2 * limit.toNanos();
            Eventually.await(() -> System.nanoTime() > soon);
            assertThat(client.send("0").response().body()).isEqualTo("/upload 60");
        }
    }

    @Test
    void upload_thatIsSlow_isCut() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.BODY_INTERVAL, Duration.ofMillis(200)));
                RawClient client = new RawClient(server.port())) {
            assertThat(client.send(HEAD + "Content-Length: 9\r\n\r\n0").response().status()).isEqualTo(408);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void file_ofAnUpload_isGoneOnceItIsAnswered() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        handler.answering((request, responder) -> {
            boolean unused = release.await(10, TimeUnit.SECONDS);
            responder.send(RecordingHandler.text(200, "taken"));
        });
        try (HttpServer server = start(ServerLimits.DEFAULT); RawClient client = new RawClient(server.port())) {
            client.send(HEAD + "Content-Length: 4\r\n\r\nfile");
            Eventually.await(() -> openFiles() == 1);
            release.countDown();
            assertThat(client.response().body()).isEqualTo("taken");
            Eventually.await(() -> openFiles() == 0);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void file_ofAnUploadWhoseClientLeaves_isGone() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT)) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(HEAD + "Content-Length: 9\r\n\r\nfile");
                Eventually.await(() -> openFiles() == 1);
            }
            Eventually.await(() -> openFiles() == 0);
        }
        assertThat(handler.handled()).isEmpty();
    }

    private HttpServer start(ServerLimits limits) {
        return HttpServer.start(HttpServerSettings.of("127.0.0.1", 0).withLimits(limits), handler);
    }

    private static String piece(int at) {
        return String.valueOf((char) ('A' + at % 26)).repeat(PIECE);
    }

    /** Counts the bytes that are not those of {@link #piece}. */
    private static long wrongBytes(RequestBody body) {
        long wrong = 0;
        for (long at = 0; at < body.length(); at += PIECE) {
            BodyPiece read = body.piece(at, PIECE);
            byte expected = (byte) ('A' + at / PIECE % 26);
            for (int index = 0; index < PIECE; index++) {
                wrong += read.array()[read.offset() + index] == expected ? 0 : 1;
            }
        }
        return wrong;
    }

    /** How many files of uploads this process has open; none of them has a name by which it could be found. */
    private static long openFiles() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(UploadTest::isUpload).count();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static boolean isUpload(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.contains("paddock-upload") && target.endsWith("(deleted)");
        } catch (IOException closed) {
            return false;
        }
    }
}
