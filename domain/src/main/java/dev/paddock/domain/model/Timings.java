package dev.paddock.domain.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a call went, by the server's own clock; null where it did not say. What is left of the total was spent
 * waiting for other requests.
 *
 * @param total from the arrival of the request to the end of the answer
 * @param load until the model was loaded and ready, waiting for its turn included
 * @param promptEvaluation reading the prompt
 * @param evaluation writing the answer
 */
public record Timings(
        @Nullable Duration total,
        @Nullable Duration load,
        @Nullable Duration promptEvaluation,
        @Nullable Duration evaluation) {

    /** The server said nothing. */
    public static final Timings UNKNOWN = new Timings(null, null, null, null);
}
