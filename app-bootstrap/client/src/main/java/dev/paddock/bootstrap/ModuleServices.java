package dev.paddock.bootstrap;

import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationProblem;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.List;
import java.util.ServiceLoader;

/** Finds what optional modules on the class path provide. */
final class ModuleServices {

    private ModuleServices() {}

    /**
     * Returns the embedding model in this process.
     *
     * @param key the setting that wants it
     * @throws ConfigurationException unless exactly one is on the class path
     */
    static EmbeddingSourcePort embeddings(String key) {
        return only(EmbeddingSourcePort.class, key, "paddock-local-embeddings");
    }

    /**
     * Returns the only service of a kind.
     *
     * @param key the setting that wants it
     * @param module the module that has one
     * @throws ConfigurationException unless exactly one is on the class path
     */
    static <T> T only(Class<T> kind, String key, String module) {
        List<T> found = ServiceLoader.load(kind, ModuleServices.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String message = found.isEmpty()
                ? "is set, but nothing can use it: add the module " + module + " to the class path"
                : "is set, and more than one module on the class path can use it; leave one";
        throw new ConfigurationException(List.of(new ConfigurationProblem(key, message, "class path")));
    }
}
