package dev.paddock.adapters.http.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The thread that writes bodies to files, in the order in which it is told to: a disk that is slow holds up no connection
 * but those whose bodies it writes. Thread-safe.
 */
final class Spool implements AutoCloseable {

    private final Path directory;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("gateway-uploads", true));

    /**
     * Creates a spool.
     *
     * @param directory where the files are
     */
    Spool(Path directory) {
        this.directory = directory;
    }

    /** Creates an empty file for a body; to be called on the thread of this spool. */
    BodyFile create() throws IOException {
        return BodyFile.create(directory);
    }

    /** Runs a task on that thread; after the end of the server it is left out. */
    void execute(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException ended) {
            return; // then nobody waits for the body either
        }
    }

    @Override
    public void close() {
        writer.shutdown();
    }
}
