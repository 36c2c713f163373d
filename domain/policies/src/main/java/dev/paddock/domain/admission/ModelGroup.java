package dev.paddock.domain.admission;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.model.ModelName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait in one queue: those to one model on the same servers, whatever name they were made by.
 *
 * @param model the canonical name of the model; empty for calls that name none, and for those to models that no server has
 * @param servers the servers that may answer; empty for all that have the model
 */
public record ModelGroup(String model, Set<BackendId> servers) {

    /** The calls that name no model, or one that no server has. */
    public static final ModelGroup OTHERS = new ModelGroup("", Set.of());

    private static final int LONGEST_NAME = 512;

    public ModelGroup {
        requireNonNull(model, "model");
        servers = Set.copyOf(servers);
    }

    /**
     * Returns the calls to a model on all servers that have it.
     *
     * @param model the name of the model, or null for calls that name none
     */
    public static ModelGroup of(@Nullable String model) {
        return model == null || model.isEmpty() || model.length() > LONGEST_NAME ? OTHERS : new ModelGroup(ModelName.canonical(model), Set.of());
    }
}
