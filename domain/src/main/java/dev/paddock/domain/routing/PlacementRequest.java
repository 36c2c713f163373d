package dev.paddock.domain.routing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a call needs of a server.
 *
 * @param options the options that the model must be loaded with
 * @param affinity equal for the calls that belong together, such as those of one conversation; null for a call that belongs to none
 * @param now the present by the ticker
 */
public record PlacementRequest(RunnerOptions options, @Nullable Long affinity, long now) {

    public PlacementRequest {
        requireNonNull(options, "options");
    }
}
