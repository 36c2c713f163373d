package dev.paddock.bootstrap;

import dev.paddock.adapters.http.apache5.Apache5TransportFactory;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A transport of the application's own, as far as Paddock can tell. */
final class NamedTransportFactory implements HttpTransportFactory {

    private final String name;
    private final @Nullable String nativeTransportProblem;
    private final HttpTransportFactory real = new Apache5TransportFactory();
    private final AtomicInteger made = new AtomicInteger();

    NamedTransportFactory(String name) {
        this(name, null);
    }

    NamedTransportFactory(String name, @Nullable String nativeTransportProblem) {
        this.name = name;
        this.nativeTransportProblem = nativeTransportProblem;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable String nativeTransportProblem() {
        return nativeTransportProblem;
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        made.incrementAndGet();
        return real.create(endpoint, settings, listener);
    }

    int transportsMade() {
        return made.get();
    }
}
