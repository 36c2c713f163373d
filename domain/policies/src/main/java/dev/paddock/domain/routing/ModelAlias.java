package dev.paddock.domain.routing;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.util.List;
import java.util.Set;

/**
 * A name that stands for the first of several models that a server can answer for.
 *
 * @param name the name that callers use
 * @param targets what it stands for, the preferred one first; at least one
 */
public record ModelAlias(String name, List<Target> targets) {

    public ModelAlias {
        requireNonNull(name, "name");
        targets = List.copyOf(targets);
        if (name.isBlank() || targets.isEmpty()) {
            throw new InvalidRequestException("an alias needs a name and a model that it stands for", ErrorFacts.NONE);
        }
    }

    /**
     * A model on some servers.
     *
     * @param labels the labels that a server must have; none for any server
     * @param model the name of the model there
     */
    public record Target(Set<String> labels, String model) {

        public Target {
            labels = Set.copyOf(labels);
            requireNonNull(model, "model");
        }
    }
}
