package dev.paddock.adapters.http.sharedstate;

import dev.paddock.domain.metrics.SharedStateMetrics;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations on the store, each within its time. One that took too long has the thread of the store look at it, so a store that hangs
 * delays few calls, and none by more than the time of one operation. Thread-safe.
 */
final class StoreOperations {

    static final String READ = "read";
    static final String WRITE = "write";
    static final String LIMIT = "limit";
    static final String LEASE = "lease";
    static final String QUESTIONS = "questions";

    private static final String OK = "ok";
    private static final String TIMEOUT = "timeout";
    private static final String REFUSED = "refused";
    private static final String FAILED = "failed";
    private static final String SKIPPED = "skipped";

    private final SharedStore store;
    private final Duration limit;
    private final MetricsPort metrics;
    private final Ticker ticker;

    StoreOperations(SharedStore store, MetricsPort metrics, Ticker ticker) {
        this.store = store;
        this.limit = store.settings().timeout();
        this.metrics = metrics;
        this.ticker = ticker;
        for (String operation : new String[] {READ, WRITE, LIMIT, LEASE, QUESTIONS}) {
            for (String outcome : new String[] {OK, TIMEOUT, REFUSED, FAILED, SKIPPED}) {
                metrics.count(SharedStateMetrics.OPERATIONS.with(operation, outcome), 0);
            }
        }
    }

    /** Runs an operation, and returns its result, or null when there is none in time, for whatever reason. */
    <T> @Nullable T run(String operation, Function<StoreSession, CompletionStage<T>> command) {
        StoreSession session = store.session();
        if (session == null) {
            count(operation, SKIPPED);
            return null;
        }
        long start = ticker.nanos();
        try {
            T result = command.apply(session).toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            count(operation, OK);
            return result;
        } catch (TimeoutException late) {
            count(operation, TIMEOUT);
            store.lookSoon();
        } catch (ExecutionException | RuntimeException failed) {
            failed(operation, session, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            metrics.duration(SharedStateMetrics.DURATION.with(operation), Duration.ofNanos(ticker.nanos() - start));
        }
        return null;
    }

    /** Begins an operation without waiting for its end, and returns it; it has failed already when the store is not used. */
    <T> CompletionStage<T> begin(String operation, Function<StoreSession, CompletionStage<T>> command) {
        StoreSession session = store.session();
        if (session == null) {
            count(operation, SKIPPED);
            return CompletableFuture.failedStage(new IllegalStateException("the store is not used"));
        }
        try {
            return command.apply(session).whenComplete((result, failure) -> {
                if (failure == null) {
                    count(operation, OK);
                } else {
                    failed(operation, session, failure);
                }
            });
        } catch (RuntimeException failed) {
            failed(operation, session, failed);
            return CompletableFuture.failedStage(failed);
        }
    }

    private void failed(String operation, StoreSession session, Throwable thrown) {
        StoreFailure failure = StoreFailure.of(thrown);
        count(operation, failure.kind() == StoreFailure.Kind.LOST ? FAILED : REFUSED);
        if (failure.kind() == StoreFailure.Kind.LOST && session.isOpen() && !StoreFailure.isReply(thrown)) {
            return; // this operation alone, for example because too many wait
        }
        store.failed(operation, session, failure);
    }

    private void count(String operation, String outcome) {
        metrics.count(SharedStateMetrics.OPERATIONS.with(operation, outcome), 1);
    }
}
