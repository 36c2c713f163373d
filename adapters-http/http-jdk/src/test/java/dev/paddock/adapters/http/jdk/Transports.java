package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.tck.server.ScriptedServer;
import java.time.Duration;

/** Transports of this module as its tests need them. */
final class Transports {

    /** Hears of no connection, since the transport says that it observes none. */
    static final ConnectionListener DEAF = new ConnectionListener() {
        @Override
        public void opened(Duration connectTime) {
            throw new AssertionError("the transport says that it observes nothing");
        }

        @Override
        public void leased(boolean reused) {
            throw new AssertionError("the transport says that it observes nothing");
        }

        @Override
        public void closed(CloseReason reason) {
            throw new AssertionError("the transport says that it observes nothing");
        }
    };

    private Transports() {}

    static HttpTransport transport(Endpoint endpoint, TransportSettings settings) {
        return new JdkTransportFactory().create(endpoint, settings, DEAF);
    }

    static HttpTransport transport(ScriptedServer server) {
        return transport(server.endpoint(), TransportSettings.DEFAULT);
    }

    static HttpTransport transport(ScriptedServer server, Duration idle, Duration total) {
        return transport(server.endpoint(), new TransportSettings(
                TransportSettings.DEFAULT.connectTimeout(),
                TransportSettings.DEFAULT.tlsTimeout(),
                new ConnectionLifetimes(idle, total),
                null));
    }
}
