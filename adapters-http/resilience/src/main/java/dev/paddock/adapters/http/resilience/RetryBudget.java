package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.time.Ticker;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The limit of the retries of all calls together. Thread-safe.
 *
 * <p>The first part is a token bucket: calls and time fill it, retries empty it. While everything fails, there are at most
 * {@code burst + perSecond * seconds + perCall * calls} retries, so a failing server does not receive a multiple of its load. A
 * request that is sent again because its connection was stale is no retry. The second part limits how many of the calls in progress
 * may retry at the same time: calls that take minutes earn many retries by time alone.
 */
final class RetryBudget {

    private static final double NANOS_PER_SECOND = 1e9;

    private final ResilienceSettings.Budget settings;
    private final Ticker ticker;
    private final Lock lock = new ReentrantLock();
    private double tokens; // in retries; guarded by lock, as is all below
    private long filledAt;
    private int calls;
    private int retrying;

    RetryBudget(ResilienceSettings.Budget settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.tokens = settings.burst();
        this.filledAt = ticker.nanos();
    }

    /** Counts a call in, which earns its part of a retry. */
    Share enter() {
        lock.lock();
        try {
            calls++;
            earn(settings.perCall());
            return new Share();
        } finally {
            lock.unlock();
        }
    }

    private void earn(double earned) {
        tokens = Math.min(settings.burst(), tokens + earned);
    }

    private void fill() {
        long now = ticker.nanos();
        earn((now - filledAt) / NANOS_PER_SECOND * settings.perSecond());
        filledAt = now;
    }

    /** One call's part in the budget, from its start until it has an answer. Confined to the thread of the call. */
    final class Share implements AutoCloseable {

        private boolean isRetrying;

        private Share() {}

        /**
         * Asks for a retry.
         *
         * @param cost how many retries it counts for
         */
        RetryDecision request(int cost) {
            return request(cost, false);
        }

        /**
         * Asks for a retry.
         *
         * @param cost how many retries it counts for
         * @param elsewhere whether it is sent to another server; then it does not add to the load of the one that failed, and the
         *     calls that may retry at the same time have no limit
         */
        RetryDecision request(int cost, boolean elsewhere) {
            lock.lock();
            try {
                fill();
                if (!elsewhere && !isRetrying && retrying + 1 > mostRetrying()) {
                    return RetryDecision.CONCURRENCY_DENIED;
                }
                int price = Math.min(cost, settings.burst());
                if (tokens < price) {
                    return RetryDecision.BUDGET_DENIED;
                }
                tokens -= price;
                retrying += isRetrying || elsewhere ? 0 : 1;
                isRetrying |= !elsewhere;
                return RetryDecision.GRANTED;
            } finally {
                lock.unlock();
            }
        }

        private double mostRetrying() {
            return Math.max(settings.concurrentFloor(), settings.concurrentShare() * calls);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                calls--;
                retrying -= isRetrying ? 1 : 0;
                isRetrying = false;
            } finally {
                lock.unlock();
            }
        }
    }
}
