package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.routing.CallRoute;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes attempts at one server as far as its circuits and its limit of calls let them pass, up to the first frame of the answer. An
 * attempt outside a {@link RetryingCall} counts by itself. Thread-safe.
 */
final class AttemptExecutor implements ExchangePort, AutoCloseable {

    private final ExchangePort delegate;
    private final BackendHealth health;
    private final TimeSource.Scheduler scheduler;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Creates it.
     *
     * @param release gives the health back, which other executors share
     */
    AttemptExecutor(ExchangePort delegate, BackendHealth health, TimeSource.Scheduler scheduler, Runnable release) {
        this.delegate = delegate;
        this.health = health;
        this.scheduler = scheduler;
        this.release = release;
    }

    /** Returns how long the circuits refuse attempts at a request; zero unless one is open. */
    Duration remainingOpenTime(ExchangeRequest request) {
        return health.remainingOpenTime(request);
    }

    /**
     * Makes one attempt, up to the first frame of its answer.
     *
     * @throws LlmException if it is refused here (its facts have no attempt then), or if it brings no answer
     */
    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        return context.get(CallRoute.KEY) instanceof RetryingCall call
                ? open(request, context, call::admitted)
                : open(request, context, AdmittedAttempt::settle);
    }

    /**
     * Makes one attempt, as the other method does.
     *
     * @param admission receives the attempt when it is admitted; the receiver settles or discards it
     */
    Exchange open(ExchangeRequest request, CallContext context, Consumer<AdmittedAttempt> admission) {
        Attempt attempt = admit(request, context, admission);
        return attempt.answer(() -> attempt.readAhead(delegate.open(request, context)).readWaiting());
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        if (context.get(CallRoute.KEY) instanceof RetryingCall call) {
            begin(request, context, call::admitted, end);
        } else {
            begin(request, context, AdmittedAttempt::settle, end);
        }
    }

    /** Makes one attempt, as the other methods do, without letting the calling thread wait. */
    void begin(
            ExchangeRequest request,
            CallContext context,
            Consumer<AdmittedAttempt> admission,
            Consumer<? super Settled<Exchange>> end) {
        Settled.begin(end, () -> {
            Attempt attempt = admit(request, context, admission);
            delegate.begin(request, context, opened -> attempt.opened(opened, end));
        });
    }

    private Attempt admit(ExchangeRequest request, CallContext context, Consumer<AdmittedAttempt> admission) {
        AdmittedAttempt admitted = health.admit(request, context.get(CallAttributes.CALLER));
        admission.accept(admitted);
        watch(admitted, context);
        return new Attempt(request, context, admitted);
    }

    /** Gives the state of the server back. Attempts in progress go on. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }

    private void watch(AdmittedAttempt attempt, CallContext context) {
        try {
            attempt.endWith(context, scheduler);
        } catch (RejectedExecutionException refused) {
            attempt.discard();
            throw new ClientClosedException(
                    "the deadline of the call cannot be watched: the timer was shut down",
                    ErrorFacts.NONE.withBackend(health.backend()),
                    refused);
        }
    }

    /** An attempt that was admitted, and what it reports of the health of the server. */
    private final class Attempt {

        private final ExchangeRequest request;
        private final CallContext context;
        private final AdmittedAttempt admitted;

        Attempt(ExchangeRequest request, CallContext context, AdmittedAttempt admitted) {
            this.request = request;
            this.context = context;
            this.admitted = admitted;
        }

        ReadAheadExchange readAhead(Exchange opened) {
            return new ReadAheadExchange(new PermitHoldingExchange(opened, admitted, this::failed));
        }

        /** Goes on when the head of the answer has arrived: at once if enough of it has arrived with the head. */
        void opened(Settled<Exchange> opened, Consumer<? super Settled<Exchange>> end) {
            Settled<ReadAheadExchange> begun = Settled.by(() -> readAhead(opened.get()).readArrived());
            boolean waits = begun.isValue() && !begun.get().isReady();
            WaitingThread.run(waits, () -> end.accept(Settled.by(() -> answer(() -> begun.get().readWaiting()))));
        }

        Exchange answer(Supplier<ReadAheadExchange> reading) {
            try {
                ReadAheadExchange answer = reading.get();
                HealthReport report = HealthReport.ofAnswer(request, answer);
                health.log().reported(report);
                admitted.record(report);
                return answer;
            } catch (LlmException failure) {
                HealthReport report = failed(failure);
                health.log().reported(report);
                admitted.end(report);
                throw failure;
            } catch (RuntimeException | Error defect) {
                admitted.discard();
                throw defect;
            }
        }

        private HealthReport failed(LlmException failure) {
            return HealthReport.ofFailure(request, context, failure);
        }
    }

    /** An answer in progress that holds its permits until its outcome. */
    private static final class PermitHoldingExchange extends ForwardingExchange {

        private final AdmittedAttempt attempt;
        private final Function<LlmException, HealthReport> reportOf;

        PermitHoldingExchange(Exchange delegate, AdmittedAttempt attempt, Function<LlmException, HealthReport> reportOf) {
            super(delegate);
            this.attempt = attempt;
            this.reportOf = reportOf;
        }

        @Override
        protected void ended(ExchangeOutcome outcome) {
            switch (outcome) {
                case ExchangeOutcome.Complete complete -> attempt.end(); // the answer is judged by the code that reads it
                case ExchangeOutcome.Failed(LlmException reason) -> attempt.end(reportOf.apply(reason));
                case ExchangeOutcome.Cancelled cancelled -> attempt.end(HealthReport.NEUTRAL);
            }
        }
    }
}
