package dev.paddock.bootstrap;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The transports whose jars are on the class path, found as services: an application may leave out those that it does not use.
 * Thread-safe.
 */
public final class Transports {

    /** The transport when the settings name none. */
    private static final String DEFAULT = "apache5";

    private static final Map<String, HttpTransportFactory> PRESENT =
            ServiceLoader.load(HttpTransportFactory.class, Transports.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .collect(Collectors.toUnmodifiableMap(HttpTransportFactory::name, Function.identity()));

    private Transports() {}

    /** Returns the names of the transports that are present. */
    public static Set<String> names() {
        return PRESENT.keySet();
    }

    /**
     * Returns the transport of the given name, or the default transport.
     *
     * @param name a name, or null for the default transport
     * @throws ConfigurationException if no transport has the name; the message lists those that are present
     */
    public static HttpTransportFactory named(@Nullable String name) {
        return choose(name, List.of());
    }

    /**
     * Returns why a transport that is present cannot use a native library of the system, or null if it can.
     *
     * @throws ConfigurationException if no transport has the name
     */
    public static @Nullable String nativeTransportProblem(String name) {
        return named(name).nativeTransportProblem();
    }

    /**
     * Returns the transport of the given name among the own ones and those that are present. Without a name it is the default
     * transport, unless the application brings transports: it has to say whether they are to be used. A transport that is both own
     * and present counts once.
     */
    static HttpTransportFactory choose(@Nullable String name, Collection<HttpTransportFactory> own) {
        List<HttpTransportFactory> given = new ArrayList<>(PRESENT.values());
        given.addAll(own);
        List<HttpTransportFactory> all = HttpTransportFactory.distinct(given);
        boolean noneBrought = all.size() == PRESENT.size();
        String wanted = name == null && noneBrought && PRESENT.containsKey(DEFAULT) ? DEFAULT : name;
        List<HttpTransportFactory> candidates =
                all.stream().filter(factory -> wanted == null || factory.name().equals(wanted)).toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        String names = all.stream().map(HttpTransportFactory::name).sorted().collect(Collectors.joining(", "));
        String message = wanted == null
                ? "is not set, and there is more than one choice; set it to one of " + names
                : "is '" + wanted + "', a name that " + (candidates.isEmpty() ? "no transport has" : "several have")
                        + "; there are " + names;
        throw new ConfigurationException(List.of(new ConfigurationProblem("paddock.transport", message, "class path")));
    }
}
