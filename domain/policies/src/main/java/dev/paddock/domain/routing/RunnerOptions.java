package dev.paddock.domain.routing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a request that a model must be loaded with. A server loads a model again when a request has another value; an option
 * that a request does not have may have any.
 *
 * @param contextLength the size of the context window in tokens, or null when any will do
 * @param others the other ones as text, by name
 */
public record RunnerOptions(@Nullable Integer contextLength, Map<String, String> others) {

    /** Any options will do. */
    public static final RunnerOptions ANY = new RunnerOptions(null, Map.of());

    public RunnerOptions {
        others = Map.copyOf(others);
    }

    /** Returns whether a model that was loaded with the given options serves a request with these. */
    public boolean isServedBy(RunnerOptions loaded) {
        return (contextLength == null || contextLength.equals(loaded.contextLength))
                && (others.isEmpty() || loaded.others.entrySet().containsAll(others.entrySet()));
    }

    /** Returns the options of a model after it has served a request with these: its own, where these do not say. */
    public RunnerOptions orElse(RunnerOptions loaded) {
        return contextLength == null && others.isEmpty()
                ? loaded
                : new RunnerOptions(contextLength == null ? loaded.contextLength : contextLength, others.isEmpty() ? loaded.others : others);
    }
}
