package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.Endpoint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates transports of one kind. Thread-safe. */
public interface HttpTransportFactory {

    /** Returns the name by which the kind is chosen and reported, for example {@code apache5}. */
    String name();

    /** Creates a transport to the given endpoint, which reports its connections to the given listener. */
    HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener);

    /**
     * Returns why {@link TransportSettings#nativeTransport} cannot be set for transports of this kind, or null when it can: also for a kind
     * that ignores it. The text can follow the name of a setting, and says what to add or to change.
     */
    default @Nullable String nativeTransportProblem() {
        return null;
    }

    /**
     * Returns the given factories without duplicates. Factories of the same class and name are one, of which the last counts: an
     * application may give a factory that is also found as a service. Two classes with the same name stay two.
     */
    static List<HttpTransportFactory> distinct(Collection<? extends HttpTransportFactory> factories) {
        Map<List<Object>, HttpTransportFactory> byKind = new LinkedHashMap<>();
        factories.forEach(factory -> byKind.put(List.of(factory.getClass(), factory.name()), factory));
        return List.copyOf(byKind.values());
    }
}
