package dev.paddock.domain.telemetry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a request wants to be answered.
 *
 * @param numbers the settings that are numbers; those that the request does not have are absent
 * @param outputType {@code text} or {@code json}, or null when the request does not say
 * @param reasoningLevel how much the model is to reason, in the words of the request, or null
 */
public record InferenceSettings(Map<Setting, Number> numbers, @Nullable String outputType, @Nullable String reasoningLevel) {

    /** A request without settings. */
    public static final InferenceSettings NONE = new InferenceSettings(Map.of(), null, null);

    public InferenceSettings {
        numbers = Map.copyOf(numbers);
    }

    /** A setting that is a number. */
    public enum Setting {
        TEMPERATURE,
        TOP_P,
        TOP_K,
        SEED,
        MAX_TOKENS,
        FREQUENCY_PENALTY,
        PRESENCE_PENALTY,
        /** How many answers are wanted. */
        CHOICES,
        /** How many numbers a vector is to have. */
        DIMENSIONS
    }
}
