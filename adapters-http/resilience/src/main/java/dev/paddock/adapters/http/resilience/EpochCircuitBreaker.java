package dev.paddock.adapters.http.resilience;

import dev.failsafe.CircuitBreaker;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one server, or of one model on it. Thread-safe.
 *
 * <p>Failsafe's breaker keeps the state and the share of failures in a window of time. What it lacks is added here. Streams
 * take minutes, so an attempt often ends in another state than it began in: each belongs to the epoch, the time between
 * two changes of state, in which it began, and counts in no other. An outcome may be neutral, which Failsafe does not know:
 * it would count it as a success.
 *
 * <p>While the circuit is half-open, one attempt passes at a time. A further one passes when the last has had no outcome for as long as
 * the circuit first stays open. Two of three outcomes decide, so that a single odd request neither closes nor opens it.
 */
final class EpochCircuitBreaker {

    private static final int DECIDING_OUTCOMES = 2;
    private static final int MOST_OUTCOMES = 3;

    private final ResilienceSettings.CircuitBreakerSettings settings;
    private final Ticker ticker;
    private final OpenStateBackoff openTimes; // guarded by lock
    private final Transitions transitions;
    private final FailingCallers callers; // guarded by lock
    private final CircuitBreaker<Object> breaker;
    private final Lock lock = new ReentrantLock();
    private int epoch; // guarded by lock, as is all below
    private int failuresInRow;
    private long changedAt;
    private Duration openFor = Duration.ZERO;
    private @Nullable CircuitPermit probe; // that of the latest attempt while half open, until it has an outcome
    private long probedAt;

    /**
     * Creates a closed circuit.
     *
     * @param transitions receives each new state
     */
    EpochCircuitBreaker(
            ResilienceSettings.CircuitBreakerSettings settings, TimeSource timeSource, Transitions transitions) {
        this.settings = settings;
        this.ticker = timeSource.ticker();
        this.callers = new FailingCallers(ticker);
        this.openTimes = new OpenStateBackoff(settings.openTime(), timeSource.random());
        this.transitions = transitions;
        // How long the circuit stays open is decided here, by the ticker; Failsafe must be ready when it is asked.
        this.breaker = CircuitBreaker.builder()
                .withFailureRateThreshold(
                        settings.rate().percent(),
                        settings.rate().fewestCalls(),
                        settings.rate().window())
                .withSuccessThreshold(DECIDING_OUTCOMES, MOST_OUTCOMES)
                .withDelay(Duration.ZERO)
                .build();
    }

    /**
     * Returns a permit for an attempt, or null when the circuit does not let it pass.
     *
     * @param caller the caller of the attempt, or null when it is unknown
     */
    @Nullable CircuitPermit tryAcquire(@Nullable String caller) {
        lock.lock();
        try {
            if (!openLeft().isZero() || isProbing()) {
                return null;
            }
            if (state() == CircuitState.OPEN) {
                breaker.halfOpen();
                noteChange(CircuitState.OPEN, "");
            }
            CircuitPermit permit = new CircuitPermit(epoch, caller);
            if (state() == CircuitState.HALF_OPEN) {
                probe = permit;
                probedAt = ticker.nanos();
            }
            return permit;
        } finally {
            lock.unlock();
        }
    }

    private boolean isProbing() {
        return probe != null && ticker.nanos() - probedAt < settings.openTime().first().toNanos();
    }

    private void record(CircuitPermit permit, AttemptOutcome outcome, String reason) {
        lock.lock();
        try {
            if (!permit.note(outcome) || permit.epoch != epoch) {
                return;
            }
            if (probe == permit) {
                probe = null;
            }
            CircuitState before = state();
            apply(outcome, permit.caller);
            noteChange(before, reason);
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

    private void apply(AttemptOutcome outcome, @Nullable String caller) {
        switch (outcome) {
            case SUCCESS -> {
                failuresInRow = 0;
                callers.succeeded(caller);
                breaker.recordSuccess();
            }
            case FAILURE -> fail();
            case FAILURE_AFTER_SENDING -> {
                if (callers.failed(caller)) {
                    fail();
                }
            }
            case NEUTRAL -> {}
        }
    }

    private void fail() {
        failuresInRow++;
        breaker.recordFailure();
        if (state() == CircuitState.CLOSED && failuresInRow >= settings.consecutiveFailures()) {
            breaker.open();
        }
    }

    private void noteChange(CircuitState before, String reason) {
        CircuitState now = state();
        if (now == before) {
            return;
        }
        epoch++;
        failuresInRow = 0;
        probe = null;
        changedAt = ticker.nanos();
        if (now == CircuitState.OPEN) {
            openFor = before == CircuitState.HALF_OPEN ? openTimes.afterFailedTrial() : openTimes.afterClosed();
        }
        transitions.changed(now, openLeft(), reason);
    }

    private Duration openLeft() {
        if (state() != CircuitState.OPEN) {
            return Duration.ZERO;
        }
        long left = openFor.toNanos() - (ticker.nanos() - changedAt);
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    /** Receives the states of a circuit. */
    @FunctionalInterface
    interface Transitions {

        /**
         * Called with each new state, while the circuit is locked; must not block.
         *
         * @param openTime how long the circuit stays open, zero unless it does
         * @param reason what failed last, which may be empty
         */
        void changed(CircuitState state, Duration openTime, String reason);
    }

    /** The circuit's permit for one attempt. */
    final class CircuitPermit {

        final int epoch; // in which the attempt began
        private final @Nullable String caller;
        private @Nullable AttemptOutcome recorded; // guarded by lock

        private CircuitPermit(int epoch, @Nullable String caller) {
            this.epoch = epoch;
            this.caller = caller;
        }

        /**
         * Records the outcome of the attempt. Only a success may be followed by another outcome, a failure.
         *
         * @param reason what failed, for a log; may be empty
         */
        void record(AttemptOutcome outcome, String reason) {
            EpochCircuitBreaker.this.record(this, outcome, reason);
        }

        /** Notes an outcome; returns whether it counts. */
        private boolean note(AttemptOutcome outcome) {
            boolean failed = outcome == AttemptOutcome.FAILURE || outcome == AttemptOutcome.FAILURE_AFTER_SENDING;
            boolean counts = recorded == null || (recorded == AttemptOutcome.SUCCESS && failed);
            if (counts) {
                recorded = outcome;
            }
            return counts;
        }
    }
}
