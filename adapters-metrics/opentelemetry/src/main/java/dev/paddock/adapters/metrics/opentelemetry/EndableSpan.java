package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.ExchangeObserver;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What calls and attempts have in common: the first of several reported ends counts. Thread-safe. */
abstract class EndableSpan implements ExchangeObserver, OpenSpans.Endable {

    private static final String DEFECT = "_OTHER";

    private final CallClock clock;
    private final Lock lock = new ReentrantLock();
    private volatile long readAt; // 0 until then; only its reader makes a failure of an answer that was read
    private boolean ended; // this and all below are guarded by the lock
    private @Nullable OpenSpans open;
    private Cancellation.@Nullable Registration registration;

    EndableSpan(CallClock clock) {
        this.clock = clock;
    }

    final CallClock clock() {
        return clock;
    }

    /**
     * Ends the span, once and under the lock.
     *
     * @param at when it ended, in nanoseconds since 1970
     * @param error the bounded name of the failure, or null for none
     */
    abstract void end(long at, @Nullable String error);

    /** Ends the span with the client, or when the call is cancelled, even if its answer has no reader any more. */
    final void endWith(OpenSpans spans, Cancellation cancellation) {
        spans.add(this);
        Cancellation.Registration registered = cancellation.onCancel(() -> endUnlessRead(ErrorKind.CANCELLED.label()));
        boolean isOpen = whileOpen(() -> {
            open = spans;
            registration = registered;
        });
        if (!isOpen) {
            spans.remove(this);
            registered.close();
        }
    }

    /** Does something with the span unless it has ended; returns whether it did. */
    final boolean whileOpen(Runnable action) {
        lock.lock();
        try {
            if (!ended) {
                action.run();
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public final void read() {
        whileOpen(() -> readAt = clock.now());
    }

    @Override
    public final void completed(AnswerVerdict verdict) {
        end(verdict.isError() ? verdict.label() : null);
    }

    @Override
    public final void cancelled(AnswerVerdict verdict) {
        end(verdict.isError() ? verdict.label() : ErrorKind.CANCELLED.label());
    }

    @Override
    public final void failed(LlmException failure) {
        end(failure.kind().label());
    }

    @Override
    public final void abandoned(Throwable defect) {
        end(DEFECT);
    }

    @Override
    public final void clientClosed() {
        endUnlessRead(ErrorKind.CLIENT_CLOSED.label());
    }

    private void endUnlessRead(String error) {
        end(readAt == 0 ? error : null);
    }

    private void end(@Nullable String error) {
        OpenSpans spans;
        Cancellation.Registration registered;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            end(readAt == 0 ? clock.now() : readAt, error);
            ended = true;
            spans = open;
            registered = registration;
        } finally {
            lock.unlock();
        }
        if (spans != null) {
            spans.remove(this);
        }
        if (registered != null) {
            registered.close();
        }
    }
}
