package dev.paddock.adapters.http.server.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client and the disk have to do with each other. */
class SpooledBodyTest {

    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    private Path directory;

    private final EmbeddedChannel connection = new EmbeddedChannel();
    private final List<RefusedRequestException> failures = new ArrayList<>();
    private final List<RequestBody> whole = new ArrayList<>();

    @AfterEach
    void close() {
        boolean unused = connection.finish();
    }

    @Test
    void add_fasterThanTheDisk_stopsReadingUntilItHasWritten() {
        CountDownLatch disk = new CountDownLatch(1);
        try (Spool spool = new Spool(directory)) {
            spool.execute(() -> await(disk));
            SpooledBody body = body(spool);

            add(body, MEGABYTE / 2);
            assertThat(connection.config().isAutoRead()).isTrue();
            add(body, MEGABYTE / 2);
            assertThat(connection.config().isAutoRead()).isFalse();

            disk.countDown();
            awaitOnConnection(() -> connection.config().isAutoRead());
            body.end(whole::add);
            awaitOnConnection(() -> !whole.isEmpty());
            assertThat(whole.getFirst().length()).isEqualTo(MEGABYTE);
            body.release();
        }
    }

    @Test
    void add_whereNothingCanBeWritten_failsOnceWithTheStatusForIt() {
        try (Spool spool = new Spool(directory.resolve("missing"))) {
            SpooledBody body = body(spool);
            add(body, 1);
            add(body, 1);
            body.end(whole::add);
            awaitEverything(spool);

            assertThat(whole).isEmpty();
            assertThat(failures).singleElement().extracting(RefusedRequestException::status).isEqualTo(507);
        }
    }

    @Test
    void end_afterItsRelease_handsNothingOver() {
        try (Spool spool = new Spool(directory)) {
            SpooledBody body = body(spool);
            add(body, 1);
            body.end(whole::add);
            body.release();
            body.release();
            awaitEverything(spool);

            assertThat(whole).isEmpty();
        }
    }

    private SpooledBody body(Spool spool) {
        return new SpooledBody(spool, connection, Long.MAX_VALUE, failures::add);
    }

    private static void add(SpooledBody body, int bytes) {
        body.add(Unpooled.wrappedBuffer(new byte[bytes]));
    }

    /** Waits until the spool and the connection have done what they were told to so far. */
    private void awaitEverything(Spool spool) {
        AtomicBoolean done = new AtomicBoolean();
        spool.execute(() -> connection.eventLoop().execute(() -> done.set(true)));
        awaitOnConnection(done::get);
    }

    /** Lets the thread of the connection, which is this one, do what it was told to, until something has come about. */
    private void awaitOnConnection(BooleanSupplier condition) {
        Eventually.await(() -> {
            connection.runPendingTasks();
            return condition.getAsBoolean();
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
