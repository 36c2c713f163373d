package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.time.Ticker;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The retries that all calls together may make, guarded by two gates. Thread-safe.
 *
 * <p>The first is a bucket of tokens: calls and seconds fill it, retries empty it. Over any time in which everything fails
 * there are therefore at most {@code burst + perSecond * seconds + perCall * calls} retries, which is what keeps a failing
 * server from being sent a multiple of its load; sending a request again because its connection had gone stale is no retry. The second limits how many of the calls that wait for an answer may be
 * retrying at one moment: calls that take minutes earn retries by the second, but the calls in progress make a server slow.
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
            lock.lock();
            try {
                fill();
                if (!isRetrying && retrying + 1 > mostRetrying()) {
                    return RetryDecision.CONCURRENCY_DENIED;
                }
                int price = Math.min(cost, settings.burst());
                if (tokens < price) {
                    return RetryDecision.BUDGET_DENIED;
                }
                tokens -= price;
                retrying += isRetrying ? 0 : 1;
                isRetrying = true;
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
