package dev.paddock.bootstrap;

import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationProblem;
import dev.paddock.ports.sharedstate.SharedStateProviderPort;
import java.util.List;
import java.util.ServiceLoader;

/** What opens shared state, found as a service: applications that share nothing need not have it on their class path. */
final class SharedStateProviders {

    private SharedStateProviders() {}

    /**
     * Returns the only provider on the class path.
     *
     * @throws ConfigurationException if there is none, or more than one
     */
    static SharedStateProviderPort only() {
        List<SharedStateProviderPort> found =
                ServiceLoader.load(SharedStateProviderPort.class, SharedStateProviders.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String message = found.isEmpty()
                ? "is set, but nothing can use it: add the module paddock-shared-state to the class path"
                : "is set, and more than one module on the class path can use it; leave one";
        throw new ConfigurationException(List.of(new ConfigurationProblem("paddock.shared-state.url", message, "class path")));
    }
}
