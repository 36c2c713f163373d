package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.metrics.ReuseMetrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The answer of a shared call as one of its callers reads it. */
final class FlightReader implements Exchange {

    private static final Duration UNLIMITED = Duration.ofDays(1); // then the wait is repeated

    private final Flight flight;
    private final CallContext caller;
    private final boolean isFollower;
    private volatile Cancellation.@Nullable Registration registration; // set when the exchange is opened
    private volatile boolean hasLeft; // written under the lock
    private long index; // of the next frame; this and all below are guarded by the lock of the flight
    private long position; // in bytes from the start of the answer
    private boolean complete;
    private @Nullable Throwable failure;

    FlightReader(Flight flight, CallContext caller, boolean isFollower) {
        this.flight = flight;
        this.caller = caller;
        this.isFollower = isFollower;
    }

    Flight flight() {
        return flight;
    }

    /** Returns whether another caller started the call. */
    boolean isFollower() {
        return isFollower;
    }

    @Nullable Deadline deadline() {
        return caller.deadline();
    }

    long position() {
        return position;
    }

    /** Lets the reader leave as soon as its caller cancels. */
    void watchCancellation() {
        registration = caller.cancellation().onCancel(() -> leave(new CallCancelledException("the call was cancelled", facts())));
    }

    /**
     * Waits for the first frame of the answer.
     *
     * @param acceptsFailure whether a failure is that of this caller, too; if not, the reader leaves a call that has failed early
     * @return whether there is an answer for this reader, which may be an error
     * @throws LlmException if the call fails, or if this caller cancels or runs out of time
     */
    boolean awaitStart(boolean acceptsFailure) {
        flight.lock().lock();
        try {
            awaitWhile(() -> !flight.isStarted());
            if (failure != null) {
                throw failed(failure);
            }
            if (!acceptsFailure && flight.hasFailedEarly()) {
                fail(new CallCancelledException("the shared call has failed", facts()));
                return false;
            }
            Throwable reason = flight.failure();
            if (reason != null && !flight.hasContent()) {
                throw failed(fail(reason));
            }
            return true;
        } finally {
            flight.lock().unlock();
            finishIfLeft();
        }
    }

    @Override
    public ExchangeHead head() {
        flight.lock().lock();
        try {
            ExchangeHead head = requireNonNull(flight.head(), "head");
            return isFollower ? head.withProvenance(head.provenance().withSource(Provenance.Source.COALESCED)) : head;
        } finally {
            flight.lock().unlock();
        }
    }

    @Override
    public AnswerVerdict verdict() {
        flight.lock().lock();
        try {
            return flight.verdict();
        } finally {
            flight.lock().unlock();
        }
    }

    @Override
    public @Nullable Frame next() {
        flight.lock().lock();
        try {
            awaitWhile(() -> !complete && index == flight.log().next() && !flight.isEnded());
            return complete ? null : read();
        } finally {
            flight.lock().unlock();
            finishIfLeft();
        }
    }

    /** Returns the next frame, or null at the end. */
    private @Nullable Frame read() {
        if (failure != null) {
            throw failed(failure);
        }
        if (index < flight.log().first()) {
            flight.metrics().count(ReuseMetrics.READERS_LOST.with(flight.operation()), 1);
            throw failed(fail(new TruncatedResponseException(
                    "this reader was too slow for the buffer of a shared answer; other callers got all of it", facts())));
        }
        if (index < flight.log().next()) {
            Frame frame = flight.log().get(index);
            index++;
            position += FrameLog.weight(frame);
            flight.hasRead();
            return frame;
        }
        Throwable reason = flight.failure();
        if (reason != null) {
            throw failed(fail(reason));
        }
        complete = true;
        hasLeft = true;
        return null;
    }

    @Override
    public void reject(LlmException reason) {
        if (!isFollower) {
            flight.reject(reason);
        }
        close();
    }

    @Override
    public void close() {
        leave(new CallCancelledException("the answer was closed before its end", facts()));
    }

    private void leave(LlmException reason) {
        flight.lock().lock();
        try {
            if (!complete) {
                fail(reason);
            }
        } finally {
            flight.lock().unlock();
        }
        finishIfLeft();
    }

    /** Sets the failure unless there is one, and returns the one that counts. */
    private Throwable fail(Throwable reason) {
        failure = failure == null ? reason : failure;
        hasLeft = true;
        flight.wakeReaders();
        return failure;
    }

    /** Tells the call that this reader has left; must not hold the lock. */
    private void finishIfLeft() {
        if (hasLeft) {
            flight.leave(this);
            Cancellation.Registration watched = registration;
            if (watched != null) {
                watched.close();
            }
        }
    }

    /** Waits while the condition holds; sets the failure when the caller has no more time. An interrupt is kept, and ends nothing. */
    private void awaitWhile(BooleanSupplier isWaiting) {
        boolean interrupted = false;
        while (failure == null && isWaiting.getAsBoolean()) {
            Deadline deadline = caller.deadline();
            Duration remaining = deadline == null ? UNLIMITED : deadline.remaining();
            if (deadline != null && remaining.isZero()) {
                fail(new LlmTimeoutException(CallPhase.CALL, deadline.limit(), facts(), null));
                break;
            }
            try {
                flight.changed().await(remaining.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ErrorFacts facts() {
        ExchangeHead head = flight.head();
        return head == null
                ? ErrorFacts.NONE
                : ErrorFacts.NONE
                        .withStatus(head.status())
                        .withBackend(head.provenance().backend())
                        .withAttempts(head.provenance().attempts());
    }

    /** Throws a defect as it is. */
    private static LlmException failed(Throwable reason) {
        return switch (reason) {
            case LlmException failure -> failure;
            case RuntimeException defect -> throw defect;
            case Error defect -> throw defect;
            default -> throw new IllegalStateException(reason);
        };
    }
}
