package dev.paddock.bootstrap.gateway;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.DocumentSearchSettings;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.SkippedDocument;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.ports.documents.DocumentSearchPort;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an index of documents up to date with its folder: at the start of the gateway, and then at intervals. Its calls may wait for those of
 * clients. What has changed, and what cannot be read, is logged once. Thread-safe.
 */
final class DocumentUpdates implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(DocumentUpdates.class.getName());

    private final DocumentSearchPort documents;
    private final @Nullable Duration interval;
    private final Cancellation cancellation = Cancellation.create();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable IndexReport> last = new AtomicReference<>();
    private final Set<SkippedDocument> known = new HashSet<>(); // used by the thread of the updates only
    private String lastFailure = ""; // likewise

    DocumentUpdates(DocumentSearchPort documents, @Nullable Duration interval) {
        this.documents = documents;
        this.interval = interval;
    }

    /** Returns the updates of the documents of a client, or null when it has none. */
    static @Nullable DocumentUpdates of(Paddock client) {
        DocumentSearchPort documents = client.documents();
        DocumentSearchSettings settings = client.settings().documents();
        return documents == null || settings == null ? null : new DocumentUpdates(documents, settings.documents().rescan());
    }

    /** Starts the updates in a thread of their own. */
    void start() {
        Thread.ofPlatform().daemon().name("paddock-documents").start(this::run); // parsing would hold a carrier of virtual threads
    }

    DocumentSearchPort documents() {
        return documents;
    }

    /** Returns what the last update did, or null when none has ended. */
    @Nullable IndexReport last() {
        return last.get();
    }

    private void run() {
        try {
            do {
                update();
            } while (interval != null && !closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void update() {
        try {
            IndexReport report = documents.update(
                    progress -> {},
                    CallContext.create().withCancellation(cancellation).with(CallAttributes.PRIORITY, CallAttributes.Priority.BATCH));
            last.set(report);
            lastFailure = "";
            log(report);
        } catch (DocumentException | LlmException failure) {
            log(String.valueOf(failure.getMessage()), null);
        } catch (RuntimeException unexpected) { // the next update may succeed
            log(unexpected.toString(), unexpected);
        }
    }

    private void log(String failure, @Nullable Throwable unexpected) {
        if (!cancellation.isCancelled() && !failure.equals(lastFailure)) {
            LOGGER.log(Level.WARNING, "the documents are not up to date: " + failure, unexpected);
            lastFailure = failure;
        }
    }

    private void log(IndexReport report) {
        if (report.indexed() + report.removed() > 0) {
            LOGGER.log(
                    Level.INFO,
                    "documents: " + report.indexed() + " indexed, " + report.unchanged() + " unchanged, " + report.removed() + " removed, "
                            + report.skipped().size() + " skipped");
        }
        known.retainAll(report.skipped());
        for (SkippedDocument skipped : report.skipped()) {
            if (known.add(skipped)) {
                LOGGER.log(Level.WARNING, "the document " + skipped.name() + " " + skipped.reason());
            }
        }
    }

    /** Ends the update in progress, and starts no other. */
    @Override
    public void close() {
        closed.countDown();
        cancellation.cancel();
    }
}
