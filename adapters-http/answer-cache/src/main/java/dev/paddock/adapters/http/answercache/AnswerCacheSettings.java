package dev.paddock.adapters.http.answercache;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.Tenancy;
import java.time.Duration;

/**
 * The settings of a cache of answers.
 *
 * @param tuning what can be changed later
 * @param maxEntryBytes the largest answer that is stored, from 1 KiB to the memory of all
 * @param sampledToo whether answers that are chosen at random are stored
 * @param tenancy between which callers answers are shared
 * @param versioning how a change of a model is noticed
 * @param modelPoll how long a change of a model by another client may stay unnoticed, positive
 */
public record AnswerCacheSettings(
        CacheTuning tuning, int maxEntryBytes, boolean sampledToo, Tenancy tenancy, ModelVersioning versioning, Duration modelPoll) {

    /** How a change of a model is noticed. */
    public enum ModelVersioning {
        /** By the digests that the server lists. Answers of models without a digest are not stored. */
        DIGEST,
        /** By the requests of this client only, for servers without digests. */
        NAME
    }

    public AnswerCacheSettings {
        requireNonNull(tuning, "tuning");
        requireNonNull(tenancy, "tenancy");
        requireNonNull(versioning, "versioning");
        if (maxEntryBytes < 1024 || maxEntryBytes > tuning.maxBytes()) {
            throw new InvalidRequestException("the largest stored answer must have from 1 KiB to the memory of all", ErrorFacts.NONE);
        }
        if (!modelPoll.isPositive()) {
            throw new InvalidRequestException("the time between two looks at the models must be positive", ErrorFacts.NONE);
        }
    }
}
