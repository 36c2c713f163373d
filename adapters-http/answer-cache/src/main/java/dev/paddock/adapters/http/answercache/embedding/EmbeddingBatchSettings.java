package dev.paddock.adapters.http.answercache.embedding;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.answercache.AnswerCacheSettings.ModelVersioning;
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
 * @param versioning how a change of a model is noticed
 * @param modelPoll how long a change of a model by another client may stay unnoticed, positive
 */
public record EmbeddingBatchSettings(
        BatchLimits limits, long cacheBytes, Duration timeToLive, Tenancy tenancy, ModelVersioning versioning, Duration modelPoll) {

    public EmbeddingBatchSettings {
        requireNonNull(limits, "limits");
        requireNonNull(tenancy, "tenancy");
        requireNonNull(versioning, "versioning");
        if (cacheBytes < 0) {
            throw new InvalidRequestException("the memory for stored vectors must not be negative", ErrorFacts.NONE);
        }
        if (!timeToLive.isPositive() || !modelPoll.isPositive()) {
            throw new InvalidRequestException(
                    "the time to live of stored vectors and the time between two looks at the models must be positive", ErrorFacts.NONE);
        }
    }
}
