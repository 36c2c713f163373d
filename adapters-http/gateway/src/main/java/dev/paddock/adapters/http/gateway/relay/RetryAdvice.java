package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whether and when a client should ask again.
 *
 * <p>{@code x-should-retry} is what the clients of OpenAI and Anthropic go by; {@code Retry-After} (RFC 9110, section 10.2.3) is for
 * all. Waits are lengthened by up to a quarter, so that those who were refused together do not come back together.
 */
enum RetryAdvice {
    /** It does not matter to the server: nothing was done. */
    LATER,
    /** It has cost much and may have been done: whoever wants it again must say so. */
    NEVER,
    /** Nothing is known that the status does not tell. */
    NONE;

    private static final Duration LONGEST = Duration.ofSeconds(60);
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
        long millis = Math.clamp(wait.toMillis(), 1, LONGEST.toMillis());
        double jittered = millis * (1 + JITTER * random.nextDouble());
        // Whole seconds are all that can be said: what is left of the last one is told by chance.
        long seconds = (long) Math.floor(jittered / 1000 + random.nextDouble());
        return new Header("Retry-After", Long.toString(Math.max(1, seconds)));
    }
}
