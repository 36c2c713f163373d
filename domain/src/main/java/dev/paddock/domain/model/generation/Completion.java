package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;

/**
 * How and at what cost an answer was completed.
 *
 * @param reason why the model stopped: {@code stop}, {@code length}, {@code load}, {@code unload}, or another word of the
 *     server; empty when it gave none
 * @param usage the tokens of the call
 * @param timings where the time went
 */
public record Completion(String reason, TokenUsage usage, Timings timings) {

    public Completion {
        requireNonNull(reason, "reason");
        requireNonNull(usage, "usage");
        requireNonNull(timings, "timings");
    }
}
