package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whether and when a client should retry.
 *
 * <p>The clients of OpenAI and Anthropic obey {@code x-should-retry}; {@code Retry-After} (RFC 9110, section 10.2.3) is for all clients.
 * Waits get up to 25 % of jitter, so that clients that were refused together do not retry together.
 */
enum RetryAdvice {
    /** Retry later: the server has done nothing. */
    LATER,
    /** Do not retry automatically: the work is expensive and may be done. */
    NEVER,
    /** No advice beyond the status. */
    NONE;

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final double JITTER = 0.25;

    /** Returns the fields that give this advice. */
    Headers fields(Duration wait, RandomGenerator random) {
        return switch (this) {
            case LATER -> new Headers(List.of(retryAfter(wait, random), new Header("x-should-retry", "true")));
            case NEVER -> Headers.of("x-should-retry", "false");
            case NONE -> Headers.EMPTY;
        };
    }

    private static Header retryAfter(Duration wait, RandomGenerator random) {
        long millis = Math.clamp(wait.toMillis(), 1, MAX_WAIT.toMillis());
        double jittered = millis * (1 + JITTER * random.nextDouble());
        // The header has whole seconds only: the fraction becomes a probability.
        long seconds = (long) Math.floor(jittered / 1000 + random.nextDouble());
        return new Header("Retry-After", Long.toString(Math.max(1, seconds)));
    }
}
