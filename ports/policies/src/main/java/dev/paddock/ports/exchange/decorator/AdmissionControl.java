package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.paddock.domain.admission.AdmissionQueue;
import dev.paddock.domain.admission.AdmissionQueues;
import dev.paddock.domain.admission.AdmissionRefusal;
import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.admission.ModelGroup;
import dev.paddock.domain.admission.QueuedCall;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.error.OverloadedException.Reason;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.admission.AdmissionPort;
import dev.paddock.ports.admission.ModelCapacityPort;
import dev.paddock.ports.admission.ThreadWaitPort;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The admission queue of a group of model servers, which all clients of the group share. Calls that run a model wait in fair order until
 * the server has a slot for them; all others pass. A call waits in its own thread. Thread-safe.
 */
public final class AdmissionControl implements AdmissionPort {

    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final int LOOKS_PER_PAUSE = 16;

    private final AdmissionSettings settings;
    private final AdmissionMeasurements measurements;
    private final Ticker ticker;
    private final Supplier<ThreadWaitPort> waits;
    private final Set<AdmittedExchange> answers = ConcurrentHashMap.newKeySet(); // in progress
    private final AtomicLong lookedAt; // for answers that are not read
    private final Lock lock = new ReentrantLock();
    private final AdmissionQueues<WaitingCall> queues; // guarded by lock

    /**
     * Creates it without calls.
     *
     * @param ticker what waits are measured with, {@code System::nanoTime} in production
     */
    public AdmissionControl(AdmissionSettings settings, MetricsPort metrics, Ticker ticker) {
        this(settings, metrics, ticker, ThreadWaitPort::parking);
    }

    /**
     * Creates it without calls.
     *
     * @param ticker what waits are measured with
     * @param waits lets the thread of a call wait
     */
    public AdmissionControl(AdmissionSettings settings, MetricsPort metrics, Ticker ticker, Supplier<ThreadWaitPort> waits) {
        this.settings = requireNonNull(settings, "settings");
        this.measurements = new AdmissionMeasurements(requireNonNull(metrics, "metrics"));
        this.ticker = requireNonNull(ticker, "ticker");
        this.waits = requireNonNull(waits, "waits");
        this.lookedAt = new AtomicLong(ticker.nanos());
        this.queues = new AdmissionQueues<>(settings);
        measurements.observe(
                priority -> (int) sum(queue -> queue.waiting(priority)),
                () -> locked(queues::bytes),
                () -> sum(AdmissionQueue::inProgress),
                () -> sum(AdmissionQueue::limit));
    }

    @Override
    public double callsPerSecond() {
        double perSecond = sum(queue -> Double.isNaN(queue.perSecond()) ? 0 : queue.perSecond());
        return perSecond == 0 ? Double.NaN : perSecond;
    }

    @Override
    public int callsOfOneCaller() {
        return Math.max(1, settings.room().requests() / 2);
    }

    /**
     * Waits until the call has a slot, which the caller must give back.
     *
     * @param closing ends the wait when the client is closed
     * @param capacity what the servers can do
     * @throws LlmException if the call gets none; nothing is held then
     */
    AdmittedCall admit(ExchangeRequest request, CallContext context, Cancellation closing, ModelCapacityPort capacity) {
        Priority priority = requireNonNullElse(context.get(CallAttributes.PRIORITY), Priority.INTERACTIVE);
        String caller = context.get(CallAttributes.CALLER);
        ModelGroup group = capacity.group(request);
        Duration remaining = remaining(context);
        AdmissionRefusal tooLate = tooLate(request, group, remaining, capacity);
        if (tooLate != null) {
            throw refused(tooLate, priority);
        }
        long nowNanos = ticker.nanos();
        AdmissionQueue<WaitingCall> queue;
        QueuedCall<WaitingCall> call;
        AdmissionRefusal refusal;
        lock.lock();
        try {
            queue = queues.of(group);
            if (resizeIfDue(queue, capacity, nowNanos)) {
                startWaiting(queue, nowNanos);
            }
            if (queue.tryStart(caller)) {
                return admitted(queue, capacity, new AdmittedCall.Start(caller, nowNanos, queue.epoch(), null), priority, Duration.ZERO);
            }
            call = queuedCall(request, context, priority, nowNanos);
            refusal = queue.offer(call, remaining);
        } finally {
            lock.unlock();
        }
        closeUnread(nowNanos);
        if (refusal != null) {
            throw refused(refusal, priority);
        }
        WaitingCall.Outcome outcome = await(queue, call, context, closing);
        AdmittedCall.Start start = call.value().start();
        if (outcome != WaitingCall.Outcome.ADMITTED || start == null) {
            throw notAdmitted(outcome, context, priority, Duration.ofNanos(ticker.nanos() - nowNanos));
        }
        tooLate = tooLate(request, group, remaining(context), capacity); // the model may have been unloaded since
        if (tooLate != null) {
            release(queue, capacity, start, false);
            throw refused(tooLate, priority);
        }
        return admitted(queue, capacity, start, priority, Duration.ofNanos(start.nanos() - nowNanos));
    }

    /** Returns why a call is not made because no server can load its model before its deadline, or null. */
    private static @Nullable AdmissionRefusal tooLate(
            ExchangeRequest request, ModelGroup group, @Nullable Duration remaining, ModelCapacityPort capacity) {
        if (remaining == null || !remaining.isPositive()) {
            return null;
        }
        Duration load = capacity.loadBeyond(request, group, remaining);
        return load == null ? null : new AdmissionRefusal(Reason.DEADLINE, remaining.toMillis(), load);
    }

    /** Asks for the number of slots if it may have changed; returns whether it has asked. */
    private boolean resizeIfDue(AdmissionQueue<WaitingCall> queue, ModelCapacityPort capacity, long nowNanos) {
        boolean isDue = queue.isSizeDue(nowNanos);
        if (isDue) {
            queue.resize(capacity.slots(queue.group(), settings.slots()), nowNanos);
        }
        return isDue;
    }

    /** Gives a slot back, and admits the next calls: more than one if the servers have more slots than before. */
    void release(AdmissionQueue<WaitingCall> queue, ModelCapacityPort capacity, AdmittedCall.Start start, boolean answered) {
        lock.lock();
        try {
            long nowNanos = ticker.nanos(); // not before a call that began to wait while this one waited for the lock
            if (answered) {
                queue.answered(start.epoch(), nowNanos - start.nanos());
            }
            queue.end(start.caller());
            boolean unused = resizeIfDue(queue, capacity, nowNanos); // no further call may come
            startWaiting(queue, nowNanos);
            queues.settle(queue);
        } finally {
            lock.unlock();
        }
    }

    void overloaded(AdmissionQueue<WaitingCall> queue, AdmittedCall.Start start) {
        measurements.overloaded();
        lock.lock();
        try {
            queue.overloaded(start.epoch());
        } finally {
            lock.unlock();
        }
    }

    boolean isLimitAdaptive() {
        return settings.isAdaptive();
    }

    long now() {
        return ticker.nanos();
    }

    void hold(AdmittedExchange answer) {
        answers.add(answer);
    }

    void forget(AdmittedExchange answer) {
        answers.remove(answer);
    }

    /** Closes the answers that no thread has read for long, because they would keep their slots for ever; looks for them now and then. */
    private void closeUnread(long nowNanos) {
        long limit = settings.waits().unread().toNanos();
        long before = lookedAt.get();
        if (nowNanos - before > limit / LOOKS_PER_PAUSE && lookedAt.compareAndSet(before, nowNanos)) {
            for (AdmittedExchange answer : answers) {
                if (answer.isUnread(nowNanos, limit)) {
                    close(answer);
                }
            }
        }
    }

    /** Closes an answer of another call. A defect in it must not end the call that closes it; its slot is free all the same. */
    private static void close(AdmittedExchange answer) {
        try {
            answer.close();
        } catch (RuntimeException ofTheAnswer) {
            return;
        }
    }

    boolean queued(AdmissionQueue<WaitingCall> queue, AdmittedCall.Start start, boolean hasWaited) {
        boolean isOverload;
        lock.lock();
        try {
            isOverload = queue.queued(start.epoch(), hasWaited);
        } finally {
            lock.unlock();
        }
        if (isOverload) {
            measurements.overloaded();
        }
        return isOverload;
    }

    private AdmittedCall admitted(
            AdmissionQueue<WaitingCall> queue, ModelCapacityPort capacity, AdmittedCall.Start start, Priority priority, Duration waited) {
        measurements.admitted(priority, waited);
        return new AdmittedCall(this, queue, capacity, start, waited);
    }

    private QueuedCall<WaitingCall> queuedCall(ExchangeRequest request, CallContext context, Priority priority, long nowNanos) {
        Duration remaining = remaining(context);
        Duration longest = settings.longestWait(priority);
        Duration wait = remaining != null && remaining.compareTo(longest) < 0 ? remaining : longest;
        RequestBody body = request.body();
        return new QueuedCall<>(
                new WaitingCall(waits.get()),
                context.get(CallAttributes.CALLER),
                requireNonNullElse(context.get(CallAttributes.WEIGHT), 1),
                priority,
                body.isInMemory() ? body.length() : 0,
                nowNanos + wait.toNanos());
    }

    private void startWaiting(AdmissionQueue<WaitingCall> queue, long nowNanos) {
        for (QueuedCall<WaitingCall> next = queue.startNext(); next != null; next = queue.startNext()) {
            AdmittedCall.Start start = new AdmittedCall.Start(next.caller(), nowNanos, queue.epoch(), queue.backlog());
            boolean isAdmitted = !next.isExpired(nowNanos) && next.value().admit(start);
            if (!isAdmitted) {
                next.value().end(WaitingCall.Outcome.EXPIRED);
                queue.end(next.caller());
            }
        }
    }

    private WaitingCall.Outcome await(
            AdmissionQueue<WaitingCall> queue, QueuedCall<WaitingCall> call, CallContext context, Cancellation closing) {
        Cancellation.Registration ofCaller =
                context.cancellation().onCancel(() -> leave(queue, call, WaitingCall.Outcome.CANCELLED));
        Cancellation.Registration ofClosing = closing.onCancel(() -> leave(queue, call, WaitingCall.Outcome.CLOSED));
        try {
            WaitingCall.Outcome outcome = null;
            long nanos = call.remainingNanos(ticker.nanos());
            while (outcome == null && nanos > 0) {
                outcome = call.value().awaitOutcome(Math.min(nanos, settings.waits().unread().toNanos()));
                long nowNanos = ticker.nanos(); // there may be time left
                nanos = call.remainingNanos(nowNanos);
                if (outcome == null) {
                    closeUnread(nowNanos);
                }
            }
            return leave(queue, call, outcome == null ? WaitingCall.Outcome.EXPIRED : outcome);
        } finally {
            ofCaller.close();
            ofClosing.close();
        }
    }

    /** Ends the wait of a call, and frees its place at once; an earlier outcome stays. */
    private WaitingCall.Outcome leave(
            AdmissionQueue<WaitingCall> queue, QueuedCall<WaitingCall> call, WaitingCall.Outcome outcome) {
        if (call.value().end(outcome)) {
            lock.lock();
            try {
                queue.remove(call);
            } finally {
                lock.unlock();
            }
        }
        return call.value().outcome();
    }

    private OverloadedException refused(AdmissionRefusal refusal, Priority priority) {
        measurements.refused(priority, refusal.reason().label());
        Duration wait = refusal.expectedWait();
        Duration retryAfter = wait == null || wait.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : wait;
        return new OverloadedException(
                refusal.reason(),
                refusal.limit(),
                wait,
                ErrorFacts.NONE.withRetryAfter(retryAfter.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : retryAfter));
    }

    private LlmException notAdmitted(WaitingCall.Outcome outcome, CallContext context, Priority priority, Duration waited) {
        ErrorFacts facts = ErrorFacts.NONE.withElapsed(waited);
        Deadline deadline = context.deadline();
        if (outcome != WaitingCall.Outcome.EXPIRED) {
            measurements.refused(priority, AdmissionMeasurements.CANCELLED);
            return outcome == WaitingCall.Outcome.CLOSED
                    ? new ClientClosedException("the client was closed while the call waited in the queue", facts)
                    : new CallCancelledException("the call was cancelled while it waited in the queue", facts);
        }
        if (deadline != null && waited.compareTo(settings.longestWait(priority)) < 0) { // the deadline ended the wait
            measurements.refused(priority, AdmissionMeasurements.DEADLINE_PASSED);
            return new LlmTimeoutException(CallPhase.CALL, deadline.limit(), facts, null);
        }
        measurements.refused(priority, Reason.EXPIRED.label());
        return new OverloadedException(Reason.EXPIRED, settings.longestWait(priority).toMillis(), null, facts);
    }

    private static @Nullable Duration remaining(CallContext context) {
        Deadline deadline = context.deadline();
        return deadline == null ? null : deadline.remaining();
    }

    private double sum(ToDoubleFunction<AdmissionQueue<WaitingCall>> figure) {
        return locked(() -> {
            double sum = 0;
            for (AdmissionQueue<WaitingCall> queue : queues.withCalls()) {
                sum += figure.applyAsDouble(queue);
            }
            return sum;
        });
    }

    private double locked(DoubleSupplier figure) {
        lock.lock();
        try {
            return figure.getAsDouble();
        } finally {
            lock.unlock();
        }
    }
}
