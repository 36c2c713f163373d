package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.exchange.HttpExchangePort;
import dev.paddock.adapters.http.llm.HttpLlmAdapter;
import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.bench.run.BenchTarget.BenchClient;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.tck.server.ServerIdentity;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Opens clients of one server. They share one TLS context, so that a new connection may resume the session of an
 * earlier one: it is the cheapest that going without a pool can be. Thread-safe.
 */
final class BenchmarkClients {

    private static final SSLContext TRUST = ServerIdentity.clientContext();

    private final PaddockSettings settings;
    private final HttpTransportFactory transport;

    /** Prepares clients of the server at the given base URL with room for the given number of connections. */
    BenchmarkClients(String baseUrl, String transport, int connections) {
        PaddockSettings usual = ConfigurationLoader.ofDefaults()
                .withOverrides(
                        "benchmark",
                        Map.of(
                                "paddock.base-url", requireNonNull(baseUrl, "baseUrl"),
                                "paddock.transport", requireNonNull(transport, "transport"),
                                "paddock.retry.max-retries", "0",
                                "paddock.pool.when-full", "wait",
                                "paddock.pool.connections-per-host", Integer.toString(connections)))
                .withTransports(Transports.names())
                .load();
        TransportSettings timing = usual.connections().timing();
        this.settings = usual.withConnections(usual.connections().withTiming(new TransportSettings(
                timing.connectTimeout(), timing.tlsTimeout(), timing.lifetimes(), TRUST)));
        this.transport = Transports.named(transport);
    }

    /** Opens the client that applications use, with all of its policies and measurements. */
    BenchClient pooled() {
        Paddock paddock = Paddock.start(settings);
        return new BenchmarkClient(paddock.llm(), () -> paddock.pool().pools(), paddock::close);
    }

    /**
     * Opens a client for one call, put together by plain constructors, as {@code paddock bench --mode unpooled} does:
     * what it costs is the connection, and neither the reading of configuration nor policies.
     */
    BenchClient unpooled() {
        TransportPoolManager manager = new TransportPoolManager(transport, PoolListener.none(), System::nanoTime);
        TransportLease lease = manager.lease(
                settings.server().baseUrl().endpoint(),
                settings.connections().timing(),
                settings.connections().pool());
        HttpExchangePort exchanges =
                new HttpExchangePort(lease, settings.server().baseUrl(), settings.exchange(), System::nanoTime);
        return new BenchmarkClient(new HttpLlmAdapter(exchanges, new OllamaDialect()), manager::pools, () -> {
            lease.close();
            manager.close();
        });
    }
}
