package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * A factory that another one does the work of: the base of variants that are services, for each of which {@link java.util.ServiceLoader}
 * needs a type of its own with a constructor. As thread-safe as the other factory.
 */
public abstract class ForwardingTransportFactory implements HttpTransportFactory {

    private final HttpTransportFactory factory;

    /** Creates a factory of the transports of the given one. */
    protected ForwardingTransportFactory(HttpTransportFactory factory) {
        this.factory = requireNonNull(factory, "factory");
    }

    @Override
    public final String name() {
        return factory.name();
    }

    @Override
    public final @Nullable String nativeTransportProblem() {
        return factory.nativeTransportProblem();
    }

    @Override
    public final HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return factory.create(endpoint, settings, listener);
    }
}
