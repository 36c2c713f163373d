package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.ports.exchange.ExchangePort;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;

/** Makes attempts at one server as far as its circuits and its limit of calls let them pass. Thread-safe. */
final class AttemptExecutor {

    private final ExchangePort delegate;
    private final BackendHealth health;
    private final TimeSource.Scheduler scheduler;

    AttemptExecutor(ExchangePort delegate, BackendHealth health, TimeSource.Scheduler scheduler) {
        this.delegate = delegate;
        this.health = health;
        this.scheduler = scheduler;
    }

    BackendId backend() {
        return health.backend();
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
    ReadAheadExchange open(ExchangeRequest request, CallContext context) {
        AdmittedAttempt call = health.admit(request);
        // After a cancellation the server may fail in any way.
        BiFunction<LlmException, AnswerVerdict, HealthSignal> signalOf =
                (failure, verdict) -> context.cancellation().isCancelled()
                        ? HealthSignal.NEUTRAL
                        : HealthSignal.ofFailure(request, failure, verdict);
        watch(call, context);
        try {
            Exchange exchange = new PermitHoldingExchange(delegate.open(request, context), call, signalOf);
            ReadAheadExchange answer = ReadAheadExchange.of(exchange);
            call.record(HealthSignal.ofAnswer(answer.verdict()));
            return answer;
        } catch (LlmException failure) {
            call.end(signalOf.apply(failure, AnswerVerdict.OK)); // there was no answer, or its outcome has been recorded
            throw failure;
        } catch (RuntimeException | Error defect) {
            call.end(HealthSignal.NEUTRAL);
            throw defect;
        }
    }

    private void watch(AdmittedAttempt call, CallContext context) {
        try {
            call.endWith(context, scheduler);
        } catch (RejectedExecutionException refused) {
            call.end(HealthSignal.NEUTRAL);
            throw new ClientClosedException(
                    "the deadline of the call cannot be watched: the timer was shut down",
                    ErrorFacts.NONE.withBackend(backend()),
                    refused);
        }
    }

    /** An answer in progress that holds its permits until its outcome. */
    private static final class PermitHoldingExchange extends ForwardingExchange {

        private final AdmittedAttempt call;
        private final BiFunction<LlmException, AnswerVerdict, HealthSignal> signalOf;

        PermitHoldingExchange(
                Exchange delegate, AdmittedAttempt call, BiFunction<LlmException, AnswerVerdict, HealthSignal> signalOf) {
            super(delegate);
            this.call = call;
            this.signalOf = signalOf;
        }

        @Override
        protected void ended(ExchangeOutcome outcome) {
            switch (outcome) {
                case ExchangeOutcome.Complete complete -> call.end(); // what the answer says is known elsewhere
                case ExchangeOutcome.Failed(LlmException reason) -> call.end(signalOf.apply(reason, verdict()));
                case ExchangeOutcome.Cancelled cancelled -> call.end(HealthSignal.NEUTRAL);
            }
        }

        /** A document may be rejected after it was complete. */
        @Override
        public void reject(LlmException reason) {
            try {
                super.reject(reason);
            } finally {
                call.record(signalOf.apply(reason, verdict()));
            }
        }
    }
}
