package dev.paddock.bootstrap;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
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
 * The transports that come with Paddock, as far as their jars are there: an application may leave out those that it does not
 * choose. They are found as services, so that those that are there need nothing of those that are not. Thread-safe.
 */
public final class Transports {

    /** What makes the connections when nobody chooses. */
    private static final String USUAL = "apache5";

    private static final NamedChoice<HttpTransportFactory> CHOICE =
            new NamedChoice<>("paddock.transport", HttpTransportFactory::name);

    private static final Map<String, HttpTransportFactory> PRESENT =
            ServiceLoader.load(HttpTransportFactory.class, Transports.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .collect(Collectors.toUnmodifiableMap(HttpTransportFactory::name, Function.identity()));

    private Transports() {}

    /** Returns the names that can be chosen without further ado. */
    public static Set<String> names() {
        return PRESENT.keySet();
    }

    /**
     * Returns the transport of the given name, or the usual one.
     *
     * @param name a name, or null for the usual transport
     * @throws dev.paddock.bootstrap.config.ConfigurationException if there is none of that name; it lists those there are
     */
    public static HttpTransportFactory named(@Nullable String name) {
        return choose(name, present());
    }

    static List<HttpTransportFactory> present() {
        return List.copyOf(PRESENT.values());
    }

    /**
     * Returns the transport of the given name. Without a name it is the usual one, unless a candidate does not come with Paddock:
     * the application then has to name its choice. A candidate that is given twice counts once.
     */
    static HttpTransportFactory choose(@Nullable String name, Collection<HttpTransportFactory> candidates) {
        List<HttpTransportFactory> present = present();
        List<HttpTransportFactory> all = new ArrayList<>(present);
        all.addAll(candidates);
        boolean onlyOurs = HttpTransportFactory.distinct(all).size() == present.size();
        String wanted = name == null && onlyOurs && PRESENT.containsKey(USUAL) ? USUAL : name;
        return CHOICE.choose(wanted, HttpTransportFactory.distinct(candidates));
    }
}
