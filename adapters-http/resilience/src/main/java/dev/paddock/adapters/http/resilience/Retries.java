package dev.paddock.adapters.http.resilience;

import dev.failsafe.RetryPolicy;
import dev.paddock.adapters.http.resilience.RetryRules.RetryVerdict;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What the retries of all calls to one server have in common. Immutable. */
final class Retries {

    private final ResilienceSettings.Retry settings;
    private final AttemptExecutor attemptExecutor;
    private final BackendRegistry shared;
    private final TimeSource.Sleeper sleeper;
    private final RetryPolicy<RetryVerdict> policy;
    private final Cancellation closing = Cancellation.create();

    Retries(AttemptExecutor attemptExecutor, BackendRegistry shared, TimeSource.Sleeper sleeper, DoubleSupplier random) {
        this.settings = shared.settings().retry();
        this.attemptExecutor = attemptExecutor;
        this.shared = shared;
        this.sleeper = sleeper;
        this.policy = new Backoff(settings, random).policy();
    }

    RetryPolicy<RetryVerdict> policy() {
        return policy;
    }

    RetryRules rulesFor(ExchangeRequest request) {
        return new RetryRules(request, settings.replay());
    }

    /** Tells whether a server asks for a longer wait than any call is willing to make. */
    boolean isTooLong(@Nullable Duration askedWait) {
        return askedWait != null && askedWait.compareTo(settings.longestWait()) > 0;
    }

    AttemptExecutor attemptExecutor() {
        return attemptExecutor;
    }

    /** Waits for the given time, until the caller cancels or until the port is closed; returns whether the time has passed. */
    boolean await(Duration time, Cancellation caller) {
        Cancellation either = Cancellation.create();
        Cancellation.Registration ofCaller = caller.onCancel(either::cancel);
        Cancellation.Registration ofClosing = closing.onCancel(either::cancel);
        try {
            return sleeper.sleep(time, either);
        } finally {
            ofCaller.close();
            ofClosing.close();
        }
    }

    boolean isClosed() {
        return closing.isCancelled();
    }

    void close() {
        closing.cancel();
    }

    Ticker ticker() {
        return shared.ticker();
    }

    MetricsPort metrics() {
        return shared.metrics();
    }

    RetryBudget budget() {
        return shared.budget();
    }
}
