package dev.paddock.e2e.fault;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.ConnectionSettings;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.e2e.fault.Fault.Client;
import java.util.HashMap;
import java.util.Map;

/** Clients with everything on, a short back-off, and limits of time that no healthy server meets on a busy machine. */
final class FaultClients {

    private FaultClients() {}

    /** Starts a client of the server at the given port of 127.0.0.1. */
    static Paddock start(int port, String transport, Client client) {
        return start("127.0.0.1", port, transport, client);
    }

    /** Starts a client of a server. */
    static Paddock start(String host, int port, String transport, Client client) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "paddock.base-url", (client.tls() == null ? "http" : "https") + "://" + host + ":" + port,
                "paddock.transport", transport,
                "paddock.timeouts.connect", "30s",
                "paddock.timeouts.tls", "30s",
                "paddock.timeouts.read", "30s",
                "paddock.retry.max-retries", Integer.toString(ExpectedOutcome.MOST_RETRIES),
                "paddock.retry.backoff", "1ms"));
        settings.putAll(client.settings());
        PaddockSettings loaded =
                ConfigurationLoader.ofDefaults().withOverrides("the table of faults", settings).load();
        ConnectionSettings connections = loaded.connections();
        TransportSettings timing = connections.timing();
        return Paddock.start(loaded.withConnections(connections.withTiming(timing.withTls(client.tls()))));
    }
}
