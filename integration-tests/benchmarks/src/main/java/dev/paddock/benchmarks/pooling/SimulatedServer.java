package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.run.BenchTarget;
import dev.paddock.bootstrap.bench.run.BenchTarget.BenchClient;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.testsupport.fault.ToxicPlan;
import dev.paddock.testsupport.fault.ToxicProxy;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A server that answers every chat with the same words after a fixed time, and the link to it. Thread-safe. */
final class SimulatedServer implements BenchTarget, AutoCloseable {

    private static final String ANSWER = "{\"model\":\"bench\",\"created_at\":\"2025-01-01T00:00:00Z\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\"Because opening one takes time.\"},"
            + "\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":10,\"eval_count\":7}";

    private final ScriptedServer server;
    private final ToxicProxy link;
    private final BenchmarkClients clients;

    private SimulatedServer(ScriptedServer server, ToxicProxy link, BenchmarkClients clients) {
        this.server = server;
        this.link = link;
        this.clients = requireNonNull(clients, "clients");
    }

    /** Starts a server and the link to it, for clients with the given transport and number of connections. */
    static SimulatedServer start(PoolingScenario setting, String transport, int connections) {
        ScriptedServer server = setting.secure()
                ? ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), answering(setting.modelLatency()))
                : ScriptedServer.start(answering(setting.modelLatency()));
        ToxicProxy link = ToxicProxy.start(server.port(), ToxicPlan.always(setting.link().toxics()));
        String scheme = setting.secure() ? "https" : "http";
        return new SimulatedServer(
                server, link, new BenchmarkClients(scheme + "://127.0.0.1:" + link.port(), transport, connections));
    }

    private static ConnectionScript answering(Duration modelLatency) {
        return ConnectionScript.forEachRequest(connection -> {
            connection.pause(modelLatency);
            connection.sendResponse("200 OK", "application/json", ANSWER);
        });
    }

    @Override
    public BenchClient open(Mode mode) {
        return mode == Mode.UNPOOLED ? clients.unpooled() : clients.pooled();
    }

    @Override
    public Long connectionsAccepted() {
        return (long) server.accepted();
    }

    @Override
    public void close() {
        link.close();
        server.close();
    }

    /**
     * Opens clients of one server. They share one TLS context, so that a new connection may resume the session of an earlier one,
     * which is the lowest cost without a pool. Thread-safe.
     */
    static final class BenchmarkClients {

        private static final SSLContext TRUST = ServerIdentity.clientContext();

        private final PaddockSettings settings;

        /** Prepares clients of the server at the given base URL with the given number of connections. */
        BenchmarkClients(String baseUrl, String transport, int connections) {
            PaddockSettings defaults = ConfigurationLoader.ofDefaults()
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
            TransportSettings timing = defaults.connections().timing();
            this.settings = defaults.withConnections(defaults.connections().withTiming(new TransportSettings(
                    timing.connectTimeout(), timing.tlsTimeout(), timing.lifetimes(), TRUST)));
        }

        /** Opens the client that applications use, with all of its policies and measurements. */
        BenchClient pooled() {
            return Session.of(Paddock.start(settings));
        }

        /** Opens a client for one call, as {@code paddock bench --mode unpooled} does: its cost is that of the connection. */
        BenchClient unpooled() {
            return Session.withoutPolicies(settings);
        }
    }
}
