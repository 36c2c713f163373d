package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.Endpoint;

/** Makes transports of one kind. Thread-safe. */
public interface HttpTransportFactory {

    /** Returns the name by which the kind is chosen and reported, for example {@code apache5}. */
    String name();

    /** Returns a new transport to the given endpoint, which reports its connections to the given listener. */
    HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener);
}
