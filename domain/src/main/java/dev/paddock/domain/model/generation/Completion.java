package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import java.util.Locale;
import java.util.Set;

/**
 * How and at what cost an answer was completed.
 *
 * @param reason why the model stopped: {@code stop}, {@code length}, {@code load}, {@code unload}, or another word of the
 *     server; empty when it gave none
 * @param usage the tokens of the call
 * @param timings where the time went
 */
public record Completion(String reason, TokenUsage usage, Timings timings) {

    private static final Set<String> CUT = Set.of("length", "max_tokens", "max_output_tokens", "model_length");

    public Completion {
        requireNonNull(reason, "reason");
        requireNonNull(usage, "usage");
        requireNonNull(timings, "timings");
    }

    /** Returns whether the answer was cut because it reached a limit of length, in the terms of any server. */
    public boolean isCut() {
        return CUT.contains(reason.toLowerCase(Locale.ROOT));
    }
}
