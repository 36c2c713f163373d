package dev.paddock.adapters.http.sim.model;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demand of one request on the scheduler.
 *
 * @param loadOptions the options with which the model must be loaded; those that are not listed may have any value
 * @param keepAlive how long the model stays loaded afterwards; null means no change, negative means for ever
 */
public record RunnerRequest(InstalledModel model, Map<String, String> loadOptions, @Nullable Duration keepAlive) {
    public RunnerRequest {
        loadOptions = Map.copyOf(loadOptions);
    }

    String key() {
        return model.name().key();
    }

    /** Whether a runner loaded for this request can serve another one for the same model. */
    boolean serves(RunnerRequest other) {
        return loadOptions.entrySet().containsAll(other.loadOptions().entrySet());
    }

    int contextLength() {
        String explicit = loadOptions.get("num_ctx");
        return explicit == null ? InstalledModel.SERVED_CONTEXT_LENGTH : Integer.parseInt(explicit);
    }
}
