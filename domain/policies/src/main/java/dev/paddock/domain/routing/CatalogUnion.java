package dev.paddock.domain.routing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one list of the lists of models that several servers give. Implementations are thread-safe and never throw. */
@FunctionalInterface
public interface CatalogUnion {

    /**
     * Returns the list of all models: each name once, with the aliases of models in it as further names.
     *
     * @param target the path that the lists were requested at
     * @param lists the bodies of the answers, that of the first server first
     * @param aliases the models that an alias stands for, in their order, by alias
     * @return the body, or null when the lists are not of a known kind, and the first one is the answer
     */
    byte @Nullable [] merge(String target, List<byte[]> lists, Map<String, List<String>> aliases);
}
