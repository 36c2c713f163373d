package dev.paddock.adapters.http.answercache.embedding;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.reuse.Tenancy;
import java.time.Duration;

/**
 * The settings of batches and stored vectors.
 *
 * @param limits how much is sent with one request
 * @param cacheBytes the memory for stored vectors, zero for none
 * @param timeToLive how long a stored vector may be used, positive
 * @param tenancy between which callers stored vectors are shared
 */
public record EmbeddingBatchSettings(BatchLimits limits, long cacheBytes, Duration timeToLive, Tenancy tenancy) {

    public EmbeddingBatchSettings {
        requireNonNull(limits, "limits");
        requireNonNull(tenancy, "tenancy");
        if (cacheBytes < 0) {
            throw new InvalidRequestException("the memory for stored vectors must not be negative", ErrorFacts.NONE);
        }
        if (!timeToLive.isPositive()) {
            throw new InvalidRequestException("the time to live of stored vectors must be positive", ErrorFacts.NONE);
        }
    }
}
