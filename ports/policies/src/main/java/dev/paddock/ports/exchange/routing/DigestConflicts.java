package dev.paddock.ports.exchange.routing;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Names of models that stand for different models on different servers: callers get answers of one or the other. Thread-safe. */
final class DigestConflicts {

    private final Consumer<String> warnings;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private volatile int count;

    /**
     * Creates it.
     *
     * @param warnings receives a sentence for an operator
     */
    DigestConflicts(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Compares the lists of the servers, and reports each name once as long as it is in conflict. */
    void compare(Collection<RoutedBackend> backends) {
        Map<String, Set<String>> digests = new TreeMap<>();
        for (RoutedBackend backend : backends) {
            for (RoutedModel model : backend.listedModels()) {
                if (!model.digest().isEmpty()) {
                    digests.computeIfAbsent(model.name(), name -> new HashSet<>()).add(model.digest());
                }
            }
        }
        Set<String> conflicts = new TreeSet<>();
        digests.forEach((name, different) -> {
            if (different.size() > 1) {
                conflicts.add(name);
            }
        });
        count = conflicts.size();
        known.retainAll(conflicts);
        conflicts.stream().filter(known::add).forEach(this::warn);
    }

    int count() {
        return count;
    }

    private void warn(String name) {
        warnings.accept("model '" + name + "' is not the same on all servers: its digests differ, so answers depend on the server that is chosen");
    }
}
