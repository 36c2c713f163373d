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

    private static final Duration SHORTEST_QUEUE = Duration.ofMillis(50);

    /** Returns how long the server let the call wait for others, or null when it does not say. */
    public @Nullable Duration queued() {
        if (total == null || evaluation == null) {
            return null;
        }
        Duration rest = total.minus(evaluation);
        rest = load == null ? rest : rest.minus(load);
        rest = promptEvaluation == null ? rest : rest.minus(promptEvaluation);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Returns whether the server let the call wait for others: for more than 50 ms, and for more than a fifth of its time. */
    public boolean isQueued() {
        Duration queued = queued();
        return total != null && queued != null && queued.compareTo(SHORTEST_QUEUE) > 0 && queued.multipliedBy(5).compareTo(total) > 0;
    }
}
