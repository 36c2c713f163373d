package dev.paddock.domain.reuse;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * What an operator can change while a cache of answers runs.
 *
 * @param isEnabled whether answers are looked up and stored
 * @param embeddings how long vectors may be used, positive
 * @param deterministic how long answers with temperature 0 or a seed may be used, positive
 * @param sampled how long answers that are chosen at random may be used, positive
 * @param maxBytes the memory of all answers together, at least 64 KiB
 */
public record CacheTuning(boolean isEnabled, Duration embeddings, Duration deterministic, Duration sampled, long maxBytes) {

    /** The least memory of a cache. */
    public static final long LEAST_BYTES = 64 * 1024;

    public CacheTuning {
        if (!embeddings.isPositive() || !deterministic.isPositive() || !sampled.isPositive()) {
            throw new InvalidRequestException("the time to live of stored answers must be positive", ErrorFacts.NONE);
        }
        if (maxBytes < LEAST_BYTES) {
            throw new InvalidRequestException("the memory for stored answers must be at least 64 KiB", ErrorFacts.NONE);
        }
    }

    /** Returns how long an answer of a kind may be used. */
    public Duration timeToLive(ReuseKind kind) {
        return switch (kind) {
            case EMBEDDING -> embeddings;
            case DETERMINISTIC -> deterministic;
            case SAMPLED -> sampled;
            case LOAD -> Duration.ZERO;
        };
    }

    /** Returns this tuning, with the cache switched on or off. */
    public CacheTuning withEnabled(boolean enabled) {
        return new CacheTuning(enabled, embeddings, deterministic, sampled, maxBytes);
    }

    /** Returns this tuning with one time to live for answers of every kind. */
    public CacheTuning withTimeToLive(Duration newTime) {
        return new CacheTuning(isEnabled, newTime, newTime, newTime, maxBytes);
    }

    /** Returns this tuning with another amount of memory. */
    public CacheTuning withMaxBytes(long newBytes) {
        return new CacheTuning(isEnabled, embeddings, deterministic, sampled, newBytes);
    }
}
