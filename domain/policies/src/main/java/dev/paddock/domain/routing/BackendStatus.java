package dev.paddock.domain.routing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a server at a moment.
 *
 * @param backend the server
 * @param state whether it gets calls
 * @param inFlight the calls in progress there
 * @param failureShare the share of recent calls that failed, from 0 to 1
 * @param learnedAgo how long ago its models were learned, or null when they are not known
 * @param models its models and those that calls were sent to, by name
 */
public record BackendStatus(
        Backend backend, BackendState state, int inFlight, double failureShare, @Nullable Duration learnedAgo, List<ModelStatus> models) {

    public BackendStatus {
        requireNonNull(backend, "backend");
        requireNonNull(state, "state");
        models = List.copyOf(models);
    }

    /**
     * What is known of a model at a server.
     *
     * @param name its name with the tag
     * @param digest its digest; empty when it is not known
     * @param isResident whether it is loaded
     * @param contextLength the size of its context window while it is loaded, or null when it is not known
     * @param expiresIn when it will be unloaded if it is not used, or null when it is not known
     * @param inFlight the calls in progress to it
     * @param slots how many of them the server answers at the same time
     * @param firstFrame the usual time to the first frame while it is loaded, or null when it is not known
     * @param load the usual time to load it, or null when it was not measured
     */
    public record ModelStatus(
            String name,
            String digest,
            boolean isResident,
            @Nullable Integer contextLength,
            @Nullable Duration expiresIn,
            int inFlight,
            int slots,
            @Nullable Duration firstFrame,
            @Nullable Duration load) {

        public ModelStatus {
            requireNonNull(name, "name");
            requireNonNull(digest, "digest");
        }
    }
}
