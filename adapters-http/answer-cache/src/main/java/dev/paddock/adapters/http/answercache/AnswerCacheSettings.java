package dev.paddock.adapters.http.answercache;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.Tenancy;

/**
 * The settings of a cache of answers.
 *
 * @param tuning what can be changed later
 * @param maxEntryBytes the largest answer that is stored, from 1 KiB to the memory of all
 * @param sampledToo whether answers that are chosen at random are stored
 * @param tenancy between which callers answers are shared
 */
public record AnswerCacheSettings(CacheTuning tuning, int maxEntryBytes, boolean sampledToo, Tenancy tenancy) {

    public AnswerCacheSettings {
        requireNonNull(tuning, "tuning");
        requireNonNull(tenancy, "tenancy");
        if (maxEntryBytes < 1024 || maxEntryBytes > tuning.maxBytes()) {
            throw new InvalidRequestException("the largest stored answer must have from 1 KiB to the memory of all", ErrorFacts.NONE);
        }
    }
}
