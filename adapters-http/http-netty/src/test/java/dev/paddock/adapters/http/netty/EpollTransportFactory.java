package dev.paddock.adapters.http.netty;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;

/** A factory whose transports are over Netty's epoll, whatever the settings say. */
public record EpollTransportFactory(NettyTransportFactory factory) implements HttpTransportFactory {

    /** Skips the tests, with the reason, where the library cannot be loaded. */
    public static void requireLibrary() {
        assumeThat(EpollSockets.problem()).as("the setting of a native transport").isNull();
    }

    @Override
    public String name() {
        return factory.name();
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return factory.create(endpoint, settings.withNativeTransport(true), listener);
    }
}
