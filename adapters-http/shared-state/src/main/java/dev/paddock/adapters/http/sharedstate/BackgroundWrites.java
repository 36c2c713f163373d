package dev.paddock.adapters.http.sharedstate;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Begins operations one after the other in a thread of its own, so that no call waits for them; within a number of bytes, which counts until
 * an operation has ended. Thread-safe.
 */
final class BackgroundWrites implements AutoCloseable {

    private static final long MOST_BYTES = 16 << 20;

    private final AtomicLong bytes = new AtomicLong();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().name("paddock-shared-writes").factory());

    BackgroundWrites() {
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Takes an operation, and returns whether there is room for it.
     *
     * @param weight about how many bytes it needs
     * @param operation begins it, in the thread of these writes
     */
    boolean submit(long weight, Supplier<CompletionStage<?>> operation) {
        if (bytes.addAndGet(weight) > MOST_BYTES) {
            bytes.addAndGet(-weight);
            return false;
        }
        try {
            thread.execute(() -> begin(weight, operation));
            return true;
        } catch (RejectedExecutionException closed) {
            bytes.addAndGet(-weight);
            return false;
        }
    }

    private void begin(long weight, Supplier<CompletionStage<?>> operation) {
        CompletionStage<?> begun = null;
        try {
            begun = operation.get();
        } finally {
            if (begun == null) {
                bytes.addAndGet(-weight);
            }
        }
        var unused = begun.whenComplete((result, failure) -> bytes.addAndGet(-weight));
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
