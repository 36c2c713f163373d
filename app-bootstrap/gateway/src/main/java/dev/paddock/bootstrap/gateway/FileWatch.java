package dev.paddock.bootstrap.gateway;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action when the content of a file has changed, in a thread of its own, until it is closed. A file that cannot be read is logged
 * and is no change; a failure of the action is logged. Thread-safe.
 */
final class FileWatch implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(FileWatch.class.getName());

    /** Files are compared by content: times of change are too coarse, and mounted files are replaced with old times. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** An editor may just be replacing the file. */
    private static final int LOST_AFTER_LOOKS = 3;

    private final Path file;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);

    private FileWatch(Path file, Runnable changed) {
        this.file = requireNonNull(file, "file");
        this.changed = requireNonNull(changed, "changed");
    }

    /** Starts to watch a file. A change after this call is noticed. */
    static FileWatch start(Path file, Runnable changed) {
        FileWatch watch = new FileWatch(file, changed);
        byte[] seen = watch.content();
        Thread.ofVirtual().name("paddock-file-watch").start(() -> watch.run(seen));
        return watch;
    }

    private void run(byte @Nullable [] atStart) {
        byte[] seen = atStart;
        int unreadable = 0;
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                byte[] now = content();
                unreadable = now == null ? unreadable + 1 : 0;
                if (unreadable == LOST_AFTER_LOOKS) {
                    LOGGER.log(Level.WARNING, "the file " + file + " can no longer be read; its last content stays in use");
                } else if (now != null && !Arrays.equals(now, seen)) {
                    seen = now;
                    runChanged();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the action. The watch goes on after its failure: the next change may revoke a key. */
    private void runChanged() {
        try {
            changed.run();
        } catch (RuntimeException failure) {
            LOGGER.log(Level.WARNING, "the change of " + file + " could not be used; the file is still watched", failure);
        }
    }

    private byte @Nullable [] content() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            return null;
        }
    }

    /** Watches no more. */
    @Override
    public void close() {
        closed.countDown();
    }
}
