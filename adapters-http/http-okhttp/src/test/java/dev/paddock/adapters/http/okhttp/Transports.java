package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.transport.CountingConnectionListener;

/** Transports of this module as its tests need them. */
final class Transports {

    private Transports() {}

    static HttpTransport transport(ScriptedServer server, CountingConnectionListener ledger) {
        return new OkHttpTransportFactory().create(server.endpoint(), TransportSettings.DEFAULT, ledger);
    }

    static HttpTransport transport(ScriptedServer server) {
        return transport(server, new CountingConnectionListener());
    }
}
