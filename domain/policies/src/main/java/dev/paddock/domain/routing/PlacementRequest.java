package dev.paddock.domain.routing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a call needs of a server.
 *
 * @param options the options that the model must be loaded with
 * @param affinity equal for the calls that belong together, such as those of one conversation; null for a call that belongs to none
 * @param usualLoad how long loading a model takes where that was not measured, in nanoseconds
 * @param backlog how long further calls to the model wait for their admission, in nanoseconds; 0 while none waits
 * @param remaining the time until the deadline of the call, in nanoseconds; {@link Long#MAX_VALUE} without a deadline
 * @param now the present by the ticker
 */
public record PlacementRequest(RunnerOptions options, @Nullable Long affinity, long usualLoad, long backlog, long remaining, long now) {

    public PlacementRequest {
        requireNonNull(options, "options");
    }
}
