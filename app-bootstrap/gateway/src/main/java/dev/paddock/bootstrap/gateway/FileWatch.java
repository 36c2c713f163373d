package dev.paddock.bootstrap.gateway;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action when the content of a file has changed, in a thread of its own, until it is closed. A change counts when two looks have seen
 * the same: a program may just be writing the file. A file that cannot be read is logged and is no change; a failure of the action is logged.
 * Thread-safe.
 */
final class FileWatch implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(FileWatch.class.getName());

    /** Files are compared by content: times of change are too coarse, and mounted files are replaced with old times. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The time between the two looks at a change. */
    private static final Duration SETTLED = Duration.ofMillis(100);

    /** An editor may just be replacing the file. */
    private static final int LOST_AFTER_LOOKS = 3;

    private final Path file;
    private final Runnable changed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private byte @Nullable [] used; // the content that is in use; this and all below belong to the thread
    private byte @Nullable [] candidate; // another content that one look has seen
    private int unreadable; // looks in a row

    /** Creates a watch of which only the looks are wanted. */
    FileWatch(Path file, Runnable changed) {
        this.file = requireNonNull(file, "file");
        this.changed = requireNonNull(changed, "changed");
        try {
            used = SmallFile.bytes(file);
        } catch (IOException failed) {
            used = null;
        }
    }

    /** Starts to watch a file. A change after this call is noticed. */
    static FileWatch start(Path file, Runnable changed) {
        FileWatch watch = new FileWatch(file, changed);
        Thread.ofVirtual().name("paddock-file-watch").start(watch::run);
        return watch;
    }

    private void run() {
        try {
            while (!closed.await((candidate == null ? INTERVAL : SETTLED).toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once. */
    void look() {
        byte[] now;
        try {
            now = SmallFile.bytes(file);
        } catch (IOException failed) {
            candidate = null;
            if (++unreadable == LOST_AFTER_LOOKS) {
                LOGGER.log(Level.WARNING, "the file can no longer be read, and its last content stays in use: " + failed);
            }
            return;
        }
        if (unreadable >= LOST_AFTER_LOOKS) {
            LOGGER.log(Level.INFO, "the file " + file + " can be read again");
        }
        unreadable = 0;
        boolean isSettled = Arrays.equals(now, candidate);
        candidate = Arrays.equals(now, used) || isSettled ? null : now;
        if (isSettled) {
            used = now;
            runChanged();
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

    /** Watches no more. */
    @Override
    public void close() {
        closed.countDown();
    }
}
