package dev.paddock.adapters.http.resilience;

import dev.failsafe.ExecutionContext;
import dev.failsafe.RetryPolicy;
import dev.paddock.adapters.http.resilience.RetryRules.RetryVerdict;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a retry: twice as long each time, or as long as the server asks. Random extra delay makes a wait
 * longer, never shorter, so that calls that failed together do not return together. Immutable.
 */
final class Backoff {

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(8);
    /** A longer wait is never made, and a server may ask for more than nanoseconds can count. */
    private static final Duration LONGEST_ASKED_WAIT = Duration.ofDays(1);

    private static final double JITTER_OF_ASKED_WAIT = 0.1;

    private final ResilienceSettings.Retry settings;
    private final DoubleSupplier random;

    Backoff(ResilienceSettings.Retry settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /** Returns the policy that counts the retries and waits so. */
    RetryPolicy<RetryVerdict> policy() {
        // Failsafe's own jitter would shorten what a server asks for, and its maximum duration would cut a wait short and
        // then retry at once.
        return RetryPolicy.<RetryVerdict>builder()
                .withMaxRetries(settings.maxRetries())
                .handleResultIf(verdict -> true)
                .withDelayFn(this::delay)
                .build();
    }

    private Duration delay(ExecutionContext<RetryVerdict> context) {
        RetryVerdict verdict = context.getLastResult();
        Duration asked = verdict == null ? null : verdict.askedWait();
        return delay(context.getAttemptCount(), asked);
    }

    /**
     * Returns the wait before a retry.
     *
     * @param retry which retry of the call, 1 for the first
     * @param asked how long the server asks to wait, or null when it does not say
     */
    Duration delay(int retry, @Nullable Duration asked) {
        Duration backoff = settings.backoff().multipliedBy(1L << (retry - 1));
        Duration own = longer(shorter(backoff, LONGEST_BACKOFF), settings.jitter());
        if (asked == null) {
            return own;
        }
        Duration servers = longer(shorter(asked, LONGEST_ASKED_WAIT), JITTER_OF_ASKED_WAIT);
        return servers.compareTo(own) > 0 ? servers : own;
    }

    private Duration longer(Duration wait, double share) {
        return wait.plusMillis((long) (wait.toMillis() * share * random.getAsDouble()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
