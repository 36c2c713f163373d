package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.run.BenchTarget;
import dev.paddock.bootstrap.bench.run.BenchTarget.BenchClient;
import dev.paddock.testsupport.fault.ToxicPlan;
import dev.paddock.testsupport.fault.ToxicProxy;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.time.Duration;

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
    public BenchClient openPooled() {
        return clients.pooled();
    }

    @Override
    public BenchClient openUnpooled() {
        return clients.unpooled();
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
}
