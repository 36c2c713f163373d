package dev.paddock.adapters.http.server.body;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * The thread that writes bodies to files, in order. A slow disk delays only the connections whose bodies it writes. Thread-safe.
 */
public final class Spool implements AutoCloseable {

    private final Path directory;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("http-uploads", true));

    /**
     * Starts the thread.
     *
     * @param directory the directory of the files
     */
    public Spool(Path directory) {
        this.directory = directory;
    }

    /** Creates an empty file for a body; must be called on the thread of this spool. */
    BodyFile create() throws IOException {
        return BodyFile.create(directory);
    }

    /** Runs a task on that thread; ignores it after the server has closed. */
    void execute(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException ended) {
            return; // the server is closed, and with it the connection of the body
        }
    }

    @Override
    public void close() {
        writer.shutdown();
    }
}
