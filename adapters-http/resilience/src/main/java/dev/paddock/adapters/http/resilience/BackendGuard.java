package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.ports.exchange.ExchangePort;
import java.time.Duration;
import java.util.function.Function;

/** Makes attempts at one server as far as its circuits and its limit of calls let them pass. Thread-safe. */
final class BackendGuard {

    private final ExchangePort delegate;
    private final BackendHealth health;
    private final Alarm alarm;

    BackendGuard(ExchangePort delegate, BackendHealth health, Alarm alarm) {
        this.delegate = delegate;
        this.health = health;
        this.alarm = alarm;
    }

    String backend() {
        return health.backend();
    }

    /** Returns how long the circuits refuse attempts at a request; zero unless one is open. */
    Duration refusesFor(ExchangeRequest request) {
        return health.refusesFor(request);
    }

    /**
     * Makes one attempt, up to the first frame of its answer.
     *
     * @throws LlmException if it is refused here, its facts telling of no attempt then, or if it brings no answer
     */
    ReadAheadExchange open(ExchangeRequest request, CallContext context) {
        GuardedCall call = health.admit(request);
        call.endWith(context, alarm);
        // A server that is told to stop may fail in any way.
        Function<LlmException, AttemptFinding> findingOf = failure -> context.cancellation().isCancelled()
                ? AttemptFinding.NOTHING
                : AttemptFinding.ofFailure(request, failure);
        try {
            Exchange exchange = new GuardedExchange(delegate.open(request, context), call, findingOf);
            ReadAheadExchange answer = ReadAheadExchange.of(request, exchange);
            call.record(AttemptFinding.ofAnswer(request, answer.head().status(), answer.refusal()));
            return answer;
        } catch (LlmException failure) {
            call.end(findingOf.apply(failure));
            throw failure;
        } catch (RuntimeException | Error defect) {
            call.end(AttemptFinding.NOTHING);
            throw defect;
        }
    }
}
