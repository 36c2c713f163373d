package dev.paddock.wholesystem.sprint;

import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.wholesystem.GatewayClient;
import dev.paddock.wholesystem.ProvingModel;
import dev.paddock.wholesystem.RoundRobinBalancer;
import dev.paddock.wholesystem.RunningGateway;
import dev.paddock.wholesystem.SimulatedFleet;
import dev.paddock.wholesystem.SimulatedFleet.ServerTraits;
import dev.paddock.wholesystem.sprint.LayerSettings.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Servers, a balancer in front of them, and a gateway with the layers of one mode and with documents. */
final class SprintSystem implements AutoCloseable {

    /** The keys of the operator and of the load, so that limits of the load do not count the operator. */
    static final String OPERATOR = "operator";

    static final String LOAD = "load";

    private static final int PREPARING_CALLERS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final SimulatedFleet fleet;
    private final RoundRobinBalancer balancer;
    private final RunningGateway gateway;

    private SprintSystem(SimulatedFleet fleet, RoundRobinBalancer balancer, RunningGateway gateway) {
        this.fleet = fleet;
        this.balancer = balancer;
        this.gateway = gateway;
    }

    /** Starts the system, and waits until its documents can be searched. */
    static SprintSystem start(
            Mode mode,
            ProvingModel model,
            List<ServerTraits> servers,
            RunningGateway.Launcher gateways,
            Map<String, String> further,
            @Nullable String store)
            throws IOException {
        SimulatedFleet fleet = SimulatedFleet.start(model, servers);
        RoundRobinBalancer balancer = RoundRobinBalancer.start(fleet.ports());
        Map<String, String> settings = new HashMap<>(LayerSettings.of(
                mode, fleet.backends(), balancer.port(), new Slots(servers.getFirst().slots(), servers.size()), store));
        settings.putAll(further);
        SprintSystem system = new SprintSystem(fleet, balancer, gateways.start(settings));
        system.awaitDocuments();
        return system;
    }

    private void awaitDocuments() throws IOException {
        try (GatewayClient client = new GatewayClient(gateway.port(), OPERATOR, true)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!isIndexed(client)) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("the documents were not indexed within " + PATIENCE.toMinutes() + " minutes");
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    private static boolean isIndexed(GatewayClient client) throws IOException {
        Map<?, ?> documents;
        try {
            documents = client.get("/api/documents");
        } catch (SocketTimeoutException busy) {
            return false; // the embedding model of the simulation needs all processors
        }
        return Boolean.FALSE.equals(documents.get("updating"))
                && documents.get("last_update") != null
                && documents.get("passages") instanceof Number passages
                && passages.intValue() > 0;
    }

    /** Asks questions that are not counted and not stored. */
    void prepare(int questions) {
        try (GatewayClient client = new GatewayClient(gateway.port(), OPERATOR, true);
                ExecutorService callers = Executors.newFixedThreadPool(PREPARING_CALLERS)) {
            for (int question = 0; question < questions; question++) {
                String text = "Prepared question number " + question + " of the system";
                callers.execute(() -> ask(client, text));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void ask(GatewayClient client, String question) {
        try {
            var unused = client.post("/api/query", Map.of("query", question), "Cache-Control: no-store");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    SimulatedFleet fleet() {
        return fleet;
    }

    int port() {
        return gateway.port();
    }

    @Override
    public void close() throws IOException {
        try (fleet; balancer) {
            gateway.close();
        }
    }
}
