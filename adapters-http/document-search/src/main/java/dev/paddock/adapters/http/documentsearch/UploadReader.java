package dev.paddock.adapters.http.documentsearch;

import dev.paddock.adapters.http.documentsearch.text.CutPassage;
import dev.paddock.adapters.http.documentsearch.text.DocumentFormat;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents of clients on a few threads of its own. Parsers compute, and some documents are made to let them do so for long: on the
 * virtual threads of the callers, that would hold the carriers of all requests. Thread-safe.
 */
final class UploadReader implements AutoCloseable {

    static final int AT_ONCE = 2;

    /** So many documents wait, in the memory of this process. */
    static final int WAITING = 8;

    private static final long KEPT_SECONDS = 10;

    private final DocumentReader reader;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("paddock-documents-reader-", 0).factory());

    UploadReader(DocumentReader reader) {
        this.reader = reader;
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns the passages of a document. When the caller cancels, it returns at once; a document that waits is not read, and the
     * reading of a PDF ends soon.
     *
     * @throws DocumentException if it cannot be read, or too many others are; the message is the end of a sentence about it
     * @throws CallCancelledException if the caller cancels
     */
    List<CutPassage> passages(DocumentFormat format, byte[] content, CallContext context) {
        CompletableFuture<List<CutPassage>> result = new CompletableFuture<>();
        AtomicReference<@Nullable ReadingLimit> limit = new AtomicReference<>();
        Runnable reading = () -> {
            if (!result.isDone()) {
                ReadingLimit started = reader.newLimit();
                limit.set(started);
                if (result.isDone()) {
                    started.stop(); // the caller has left just now
                }
                complete(result, format, content, started);
            }
        };
        execute(reading);
        Cancellation.Registration registration = context.cancellation().onCancel(() -> {
            threads.remove(reading); // so that its place and its memory are free
            result.completeExceptionally(new CallCancelledException("the upload of a document was cancelled", ErrorFacts.NONE));
            ReadingLimit started = limit.get();
            if (started != null) {
                started.stop();
            }
        });
        try (registration) {
            return result.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : failed;
        }
    }

    private void execute(Runnable reading) {
        try {
            threads.execute(reading);
        } catch (RejectedExecutionException full) {
            if (threads.isShutdown()) {
                throw new DocumentException(DocumentFailure.CLOSED, "cannot be read: the index was closed", full);
            }
            throw new DocumentException(
                    DocumentFailure.BUSY, "cannot be read now: " + (AT_ONCE + WAITING) + " others are being read, or wait for it", full);
        }
    }

    @SuppressWarnings("IllegalCatch") // the caller gets what was thrown; a thread of the pool must not end by it
    private void complete(CompletableFuture<List<CutPassage>> result, DocumentFormat format, byte[] content, ReadingLimit limit) {
        try {
            result.complete(reader.passages(format, content, limit));
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
    }

    /** Takes no other document. Those that are being read end by themselves. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
