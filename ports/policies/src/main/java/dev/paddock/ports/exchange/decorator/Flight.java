package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call that several callers share. Its own thread reads the answer into a log, as far as the fastest reader has room for; each reader
 * has its own place in the log. Thread-safe.
 */
final class Flight {

    /** Answers that an equal request gets again. */
    private static final Set<AnswerVerdict> CAUSED_BY_REQUEST = EnumSet.of(
            AnswerVerdict.OK,
            AnswerVerdict.REDIRECT,
            AnswerVerdict.CLIENT_ERROR,
            AnswerVerdict.AUTHENTICATION,
            AnswerVerdict.NOT_FOUND,
            AnswerVerdict.MODEL_MISSING,
            AnswerVerdict.QUOTA_EXHAUSTED);

    private final ExchangeRequest request;
    private final CallContext context;
    private final SingleFlightSettings settings;
    private final MetricsPort metrics;
    private final Consumer<Flight> onEnd;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition(); // for readers
    private final Condition room = lock.newCondition(); // for the thread that reads the answer
    private final FrameLog log; // this and all below are guarded by lock
    private final Set<FlightReader> readers = new LinkedHashSet<>();
    private @Nullable Deadline latestDeadline;
    private boolean isUnlimited; // whether a reader has no deadline
    private @Nullable Exchange upstream;
    private @Nullable ExchangeHead head;
    private AnswerVerdict verdict = AnswerVerdict.OK;
    private boolean contentSeen;
    private boolean started; // whether callers learn of the answer: by its first frame with content, its end or its failure
    private boolean terminalSeen;
    private boolean ended;
    private @Nullable Throwable failure;

    Flight(
            ExchangeRequest request,
            CallContext leader,
            SingleFlightSettings settings,
            MetricsPort metrics,
            Consumer<Flight> onEnd) {
        this.request = request;
        this.context = leader.detached();
        this.settings = settings;
        this.metrics = metrics;
        this.onEnd = onEnd;
        this.log = new FrameLog(settings.bufferBytes(), change -> metrics.adjust(ReuseMetrics.BYTES_HELD.with(), change));
    }

    Lock lock() {
        return lock;
    }

    Condition changed() {
        return changed;
    }

    String operation() {
        return request.operation().label();
    }

    MetricsPort metrics() {
        return metrics;
    }

    /** Returns the reader of the caller that starts the call. */
    FlightReader lead(CallContext caller) {
        return add(new FlightReader(this, caller, false));
    }

    /** Returns a reader from the first frame on, or null when that is gone, or the call has failed or was cancelled. */
    @Nullable FlightReader join(CallContext caller) {
        lock.lock();
        try {
            boolean isJoinable = log.first() == 0 && failure == null && !hasFailedEarly() && !(ended && readers.isEmpty());
            return isJoinable ? add(new FlightReader(this, caller, true)) : null;
        } finally {
            lock.unlock();
        }
    }

    private FlightReader add(FlightReader reader) {
        lock.lock();
        try {
            readers.add(reader);
            Deadline deadline = reader.deadline();
            if (deadline == null) {
                isUnlimited = true;
            } else if (latestDeadline == null || deadline.remaining().compareTo(latestDeadline.remaining()) > 0) {
                latestDeadline = deadline;
            }
        } finally {
            lock.unlock();
        }
        return reader;
    }

    /** Makes the call, and returns when it has ended. */
    void run(ExchangePort port) {
        boolean isComplete;
        try (Exchange exchange = port.open(request, context)) {
            begin(exchange);
            isComplete = readAll(exchange);
        } catch (RuntimeException | Error failed) {
            end(failed);
            return;
        }
        end(isComplete ? null : abandoned());
    }

    /** Returns whether the answer was read to its end. */
    private boolean readAll(Exchange exchange) {
        do {
            Frame frame = exchange.next();
            read(exchange, frame);
            if (frame == null) {
                return true;
            }
        } while (awaitRoom());
        return false;
    }

    private void begin(Exchange exchange) {
        lock.lock();
        try {
            upstream = exchange;
            head = exchange.head();
            verdict = exchange.verdict();
        } finally {
            lock.unlock();
        }
    }

    private void read(Exchange exchange, @Nullable Frame frame) {
        lock.lock();
        try {
            head = exchange.head(); // the first frame may have shown another framing
            verdict = exchange.verdict();
            if (frame != null && !ended) {
                log.append(frame, fastest());
                terminalSeen |= frame.isTerminal();
                contentSeen |= frame.hasContent();
                // The verdict on an error is final at its end. A full log must be read, whatever is in it.
                started |= (contentSeen && head.isSuccess()) || log.isFull(fastest());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the fastest reader has room; returns false when the rest of the answer is not wanted. */
    private boolean awaitRoom() {
        lock.lock();
        try {
            while (!ended && isWanted() && !readers.isEmpty() && log.isFull(fastest())) {
                room.awaitUninterruptibly();
            }
            if (!isWanted()) {
                markEnded(abandoned());
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWanted() {
        return !readers.isEmpty()
                || (settings.whenAbandoned() == WhenAbandoned.FINISH
                        && (isUnlimited || (latestDeadline != null && !latestDeadline.isExpired())));
    }

    /** Ends the call: completely if there is no failure. Only the first end counts. */
    void end(@Nullable Throwable reason) {
        lock.lock();
        try {
            markEnded(reason);
        } finally {
            lock.unlock();
        }
        finish();
    }

    private void finish() {
        onEnd.accept(this);
        context.cancellation().cancel(); // without an effect on a call that has ended
    }

    /** Sets the end unless there is one. The lock is held from the decision to end until here, so that no caller joins in between. */
    private void markEnded(@Nullable Throwable reason) {
        if (ended) {
            return;
        }
        ended = true;
        started = true;
        failure = reason;
        if (readers.size() > 1 && hasFailedEarly()) {
            metrics.count(ReuseMetrics.LEADER_FAILED.with(operation()), 1);
        }
        disposeIfUnread();
        changed.signalAll();
        room.signalAll();
    }

    /** Takes a reader out. The last one ends the call, unless it is to be finished or has its terminal frame already. */
    void leave(FlightReader reader) {
        boolean endsCall;
        lock.lock();
        try {
            endsCall = readers.remove(reader) && !ended && !isWanted() && !terminalSeen;
            if (endsCall) {
                markEnded(abandoned());
            }
            disposeIfUnread();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (endsCall) {
            finish();
        }
    }

    /** Reports that a reader could not decode the answer. */
    void reject(LlmException reason) {
        Exchange exchange;
        lock.lock();
        try {
            exchange = upstream;
        } finally {
            lock.unlock();
        }
        if (exchange != null) {
            exchange.reject(reason);
        }
    }

    private void disposeIfUnread() {
        if (ended && readers.isEmpty()) {
            log.clear();
        }
    }

    private long fastest() {
        return readers.stream().mapToLong(FlightReader::position).max().orElse(Long.MAX_VALUE);
    }

    private static LlmException abandoned() {
        return new CallCancelledException("the last caller of a shared call has left", ErrorFacts.NONE);
    }

    // The following are for readers that hold the lock.

    void hasRead() {
        room.signal();
    }

    void wakeReaders() {
        changed.signalAll();
    }

    FrameLog log() {
        return log;
    }

    boolean isStarted() {
        return started;
    }

    boolean hasContent() {
        return contentSeen;
    }

    boolean isEnded() {
        return ended;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    @Nullable ExchangeHead head() {
        return head;
    }

    AnswerVerdict verdict() {
        return verdict;
    }

    /** Returns whether there is no answer so far for a reason that may have passed when the request is sent again. */
    boolean hasFailedEarly() {
        if (failure != null) {
            return !contentSeen && failure instanceof LlmException reason && reason.isRetryable();
        }
        return started && head != null && !head.isSuccess() && !CAUSED_BY_REQUEST.contains(verdict);
    }
}
