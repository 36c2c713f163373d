package dev.paddock.bootstrap;

import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationProblem;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses one of several parts by its name.
 *
 * @param key the key that the name is set with
 * @param nameOf tells the name of a part
 */
record NamedChoice<T>(String key, Function<T, String> nameOf) {

    /**
     * Returns the part with the given name; without a name, the only one there is.
     *
     * @throws ConfigurationException if there is none, or more than one; it lists the names that there are
     */
    T choose(@Nullable String name, Collection<T> parts) {
        List<T> candidates = parts.stream()
                .filter(part -> name == null || nameOf.apply(part).equals(name))
                .toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        String complaint = complaint(name, candidates, parts);
        throw new ConfigurationException(List.of(new ConfigurationProblem(key, complaint, "what there is")));
    }

    private String complaint(@Nullable String name, List<T> candidates, Collection<T> parts) {
        String names = parts.stream().map(nameOf).sorted().collect(Collectors.joining(", "));
        if (name == null) {
            return "is not set, and there is no one choice; set it to one of " + names;
        }
        return "is '" + name + "', a name that " + (candidates.isEmpty() ? "nothing has" : "several have")
                + "; there are " + names;
    }
}
