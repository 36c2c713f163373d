package dev.paddock.adapters.http.resilience;

import dev.failsafe.CircuitBreaker;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one server, or of one model on it. Thread-safe.
 *
 * <p>Failsafe's breaker keeps the state and the share of failures in a window of time. What it lacks is added here. Streams
 * take minutes, so an attempt often ends in another state than it began in: each belongs to the epoch, the time between
 * two changes of state, in which it began, and counts in no other. An outcome may be neutral, which Failsafe does not know:
 * it would count it as a success. And while the circuit is half open one attempt passes at a time: a neutral one hands its
 * permit to the next, because Failsafe takes none back without an outcome.
 */
final class EpochCircuitBreaker {

    private static final int SUCCESSES_TO_CLOSE = 2;

    private final ResilienceSettings.CircuitBreakerSettings settings;
    private final Ticker ticker;
    private final OpenStateBackoff openTimes; // guarded by lock
    private final Consumer<CircuitState> transitions;
    private final CircuitBreaker<Object> breaker;
    private final Lock lock = new ReentrantLock();
    private int epoch; // guarded by lock, as is all below
    private int failuresInRow;
    private long changedAt;
    private Duration openFor = Duration.ZERO;
    private boolean probing;
    private boolean permitKept;

    EpochCircuitBreaker(
            ResilienceSettings.CircuitBreakerSettings settings, TimeSource timeSource, Consumer<CircuitState> transitions) {
        this.settings = settings;
        this.ticker = timeSource.ticker();
        this.openTimes = new OpenStateBackoff(settings.openTime(), timeSource.random());
        this.transitions = transitions;
        // How long the circuit stays open is decided here, by the ticker; Failsafe must be ready when it is asked.
        this.breaker = CircuitBreaker.builder()
                .withFailureRateThreshold(
                        settings.rate().percent(),
                        settings.rate().fewestCalls(),
                        settings.rate().window())
                .withSuccessThreshold(SUCCESSES_TO_CLOSE)
                .withDelay(Duration.ZERO)
                .build();
    }

    /** Returns a permit for an attempt, or null when the circuit does not let it pass. */
    @Nullable CircuitPermit tryAcquire() {
        lock.lock();
        try {
            if (!openLeft().isZero() || probing) {
                return null;
            }
            CircuitState before = state();
            if (!permitKept && !breaker.tryAcquirePermit()) {
                return null;
            }
            permitKept = false;
            noteChange(before);
            probing = state() == CircuitState.HALF_OPEN;
            return new CircuitPermit(epoch);
        } finally {
            lock.unlock();
        }
    }

    private void record(CircuitPermit permit, AttemptOutcome outcome) {
        lock.lock();
        try {
            boolean first = permit.recorded == null;
            if (!permit.note(outcome) || permit.epoch != epoch) {
                return;
            }
            CircuitState before = state();
            if (before == CircuitState.HALF_OPEN && first) {
                probing = false;
                permitKept = outcome == AttemptOutcome.NEUTRAL;
            }
            apply(outcome);
            noteChange(before);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long attempts are still refused; zero unless the circuit is open. */
    Duration remainingOpenTime() {
        lock.lock();
        try {
            return openLeft();
        } finally {
            lock.unlock();
        }
    }

    CircuitState state() {
        return switch (breaker.getState()) {
            case CLOSED -> CircuitState.CLOSED;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case OPEN -> CircuitState.OPEN;
        };
    }

    private void apply(AttemptOutcome outcome) {
        switch (outcome) {
            case SUCCESS -> {
                failuresInRow = 0;
                breaker.recordSuccess();
            }
            case FAILURE -> {
                failuresInRow++;
                breaker.recordFailure();
                if (failuresInRow >= settings.consecutiveFailures()) {
                    breaker.open();
                }
            }
            case NEUTRAL -> {}
        }
    }

    private void noteChange(CircuitState before) {
        CircuitState now = state();
        if (now == before) {
            return;
        }
        epoch++;
        failuresInRow = 0;
        probing = false;
        permitKept = false;
        changedAt = ticker.nanos();
        if (now == CircuitState.OPEN) {
            openFor = before == CircuitState.HALF_OPEN ? openTimes.afterFailedTrial() : openTimes.afterClosed();
        }
        transitions.accept(now);
    }

    private Duration openLeft() {
        if (state() != CircuitState.OPEN) {
            return Duration.ZERO;
        }
        long left = openFor.toNanos() - (ticker.nanos() - changedAt);
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    /** The circuit's permit for one attempt. */
    final class CircuitPermit {

        final int epoch; // in which the attempt began
        private @Nullable AttemptOutcome recorded; // guarded by lock

        private CircuitPermit(int epoch) {
            this.epoch = epoch;
        }

        /** Records what came of the attempt. Only a success may be followed by another outcome, a failure. */
        void record(AttemptOutcome outcome) {
            EpochCircuitBreaker.this.record(this, outcome);
        }

        /** Notes an outcome; returns whether it counts. */
        private boolean note(AttemptOutcome outcome) {
            boolean counts =
                    recorded == null || (recorded == AttemptOutcome.SUCCESS && outcome == AttemptOutcome.FAILURE);
            if (counts) {
                recorded = outcome;
            }
            return counts;
        }
    }
}
