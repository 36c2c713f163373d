package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.metrics.SharedStateMetrics;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.sharedstate.LeasePort;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time ask for an answer that is to be stored; the others wait for the stored answer. When that process has none to
 * store, they ask at the same time, each for itself. Thread-safe.
 */
final class LeasedExchangePort implements ExchangePort {

    private static final String LED = "led";
    private static final String SERVED = "served";
    private static final String ALONE = "alone";
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST_INTERVAL = Duration.ofMillis(200);

    private final ExchangePort delegate;
    private final AnswerCache cache;
    private final LeasePort leases;
    private final MetricsPort metrics;

    LeasedExchangePort(ExchangePort delegate, AnswerCache cache, LeasePort leases, MetricsPort metrics) {
        this.delegate = delegate;
        this.cache = cache;
        this.leases = leases;
        this.metrics = metrics;
        for (String role : new String[] {LED, SERVED, ALONE}) {
            metrics.count(SharedStateMetrics.LEASES.with(role), 0);
        }
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        Recording recording = Recording.of(request, context);
        if (recording == null
                || request.operation().operationClass() != OperationClass.GENERATE
                || !Recording.allowsOthers(context)) {
            return delegate.open(request, context);
        }
        String name = name(recording.key());
        if (leases.tryAcquire(name)) {
            // Since the look-up of this call, another process may have stored its answer and given its lease back.
            Exchange stored = storedSince(recording, context, name);
            if (stored != null) {
                return stored;
            }
            metrics.count(SharedStateMetrics.LEASES.with(LED), 1);
            return lead(request, context, name);
        }
        Exchange answer = awaitAnswer(context, recording, name);
        metrics.count(SharedStateMetrics.LEASES.with(answer == null ? ALONE : SERVED), 1);
        return answer == null ? delegate.open(request, context) : answer;
    }

    private @Nullable Exchange storedSince(Recording recording, CallContext context, String name) {
        Exchange stored = cache.storedMeanwhile(recording, context);
        if (stored != null) {
            leases.release(name);
            metrics.count(SharedStateMetrics.LEASES.with(SERVED), 1);
        }
        return stored;
    }

    private static String name(AnswerKey key) {
        return String.join("\n", key.fingerprint().toString(), key.version(), key.model(), key.tenant());
    }

    private Exchange lead(ExchangeRequest request, CallContext context, String name) {
        try {
            Exchange exchange = delegate.open(request, context);
            return new LeasedExchange(exchange, () -> leases.release(name));
        } catch (RuntimeException | Error failure) {
            leases.release(name);
            throw failure;
        }
    }

    /** Returns the answer that another process stores, or null when it stores none or the call has ended. */
    private @Nullable Exchange awaitAnswer(CallContext context, Recording recording, String name) {
        Duration interval = FIRST_LOOK;
        do {
            if (!pause(interval, context)) {
                return null;
            }
            interval = interval.multipliedBy(2).compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : interval.multipliedBy(2);
        } while (leases.isHeld(name));
        return cache.storedMeanwhile(recording, context);
    }

    /** Waits, and returns whether the call goes on. */
    private static boolean pause(Duration time, CallContext context) {
        Deadline deadline = context.deadline();
        Duration wait = deadline == null || deadline.remaining().compareTo(time) > 0 ? time : deadline.remaining();
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration registration = context.cancellation().onCancel(cancelled::countDown);
        try {
            return !cancelled.await(wait.toNanos(), TimeUnit.NANOSECONDS) && (deadline == null || !deadline.isExpired());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            registration.close();
        }
    }

    /** An answer whose lease is given back when it has ended, or cannot be stored any more. */
    private static final class LeasedExchange extends ForwardingExchange {

        private final @Nullable RecordingExchange recorded;
        private final Runnable release;
        private final AtomicBoolean released = new AtomicBoolean();

        LeasedExchange(Exchange delegate, Runnable release) {
            super(delegate);
            this.recorded = delegate instanceof RecordingExchange recording ? recording : null;
            this.release = release;
            releaseIf(recorded == null);
        }

        @Override
        protected void passed(Frame frame) {
            releaseIf(recorded == null || !recorded.isRecording());
        }

        @Override
        protected void ended(ExchangeOutcome outcome) {
            releaseIf(true);
        }

        private void releaseIf(boolean isDue) {
            if (isDue && released.compareAndSet(false, true)) {
                release.run();
            }
        }
    }
}
