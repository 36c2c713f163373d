package dev.paddock.benchmarks.routing;

import dev.paddock.adapters.http.wire.routing.JsonCatalogUnion;
import dev.paddock.adapters.http.wire.routing.JsonRequestTraits;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.routing.RoutingSettings;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.routing.BackendDirectory;
import dev.paddock.ports.exchange.routing.PollSchedule;
import dev.paddock.ports.exchange.routing.Route;
import dev.paddock.ports.exchange.routing.RouteExchangePort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.metrics.MetricsPort;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Measures the CPU time that the choice of a server adds to a call, all bookkeeping included: a call over the choice minus a call without it, where
 * servers answer at once. Prints the median of several rounds, and exits with 1 if it is above the bound.
 */
public final class RoutingBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String MODEL = "llama3.2:latest";
    private static final int ROUNDS = 15;
    private static final int CALLS = 200_000;
    private static final double BOUND_MICROSECONDS = 3;

    private RoutingBenchmark() {}

    /** Runs the benchmark; the argument is the number of servers, by default 100. */
    public static void main(String[] arguments) {
        int servers = arguments.length == 0 || arguments[0].isBlank() ? 100 : Integer.parseInt(arguments[0].strip());
        ExchangePort direct = new InstantServer("direct");
        try (RouteExchangePort routed = routed(servers)) {
            double[] added = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                double without = nanosPerCall(direct);
                added[round] = (nanosPerCall(routed) - without) / 1e3;
            }
            double[] settled = Arrays.copyOfRange(added, ROUNDS / 3, ROUNDS); // the first rounds are warm-up
            Arrays.sort(settled);
            double median = settled[settled.length / 2];
            System.out.printf(
                    Locale.ROOT,
                    "%d servers: the choice adds %.2f us to a call (from %.2f to %.2f), bound %.0f us%n",
                    servers, median, settled[0], settled[settled.length - 1], BOUND_MICROSECONDS);
            System.exit(median <= BOUND_MICROSECONDS ? 0 : 1);
        }
    }

    private static RouteExchangePort routed(int servers) {
        RouteExchangePort port = new RouteExchangePort(
                new BackendDirectory(System::nanoTime, InstantSource.system(), PollSchedule.threads()),
                RoutingSettings.DEFAULT,
                new JsonRequestTraits(),
                new JsonCatalogUnion(),
                List.of(),
                MetricsPort.noOp(),
                warning -> {},
                () -> ThreadLocalRandom.current().nextLong());
        List<Route> routes = new ArrayList<>();
        IntStream.range(0, servers).forEach(server -> {
            Backend backend = new Backend(
                    new BackendId("server-" + server), BaseUrl.parse("http://server-" + server + ":11434"), true, 1, 4, Set.of());
            routes.add(new Route(backend, new InstantServer("server-" + server), new FixedCatalog(), () -> {}));
        });
        port.replace(routes);
        return port;
    }

    private static double nanosPerCall(ExchangePort port) {
        ExchangeRequest request = ExchangeRequest.post(
                        Operation.CHAT, "/v1/chat/completions", "{}".getBytes(StandardCharsets.UTF_8))
                .withModel(MODEL);
        CallContext context = CallContext.create();
        long start = THREADS.getCurrentThreadCpuTime();
        for (int call = 0; call < CALLS; call++) {
            try (Exchange exchange = port.open(request, context)) {
                while (exchange.next() != null) {
                    // the frames are of no interest
                }
            }
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / (double) CALLS;
    }

    /** The models of every server: ten, of which two are in memory. */
    private static final class FixedCatalog implements ModelCatalogPort {

        @Override
        public void delete(ModelName model, CallContext context) {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public void copy(ModelName source, ModelName destination, CallContext context) {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public List<ModelSummary> models(CallContext context) {
            return IntStream.range(0, 10)
                    .mapToObj(number -> new ModelSummary(number == 0 ? MODEL : "model-" + number + ":latest", null, 1, "digest", ModelTraits.UNKNOWN, List.of()))
                    .toList();
        }

        @Override
        public List<RunningModel> runningModels(CallContext context) {
            return List.of(new RunningModel(MODEL, 1, 1, "digest", ModelTraits.UNKNOWN, Instant.now().plusSeconds(300), 4096));
        }

        @Override
        public ModelDetails show(ModelName model, CallContext context) {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public ResponseStream<PullProgress> pull(ModelName model, CallContext context) {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public String version(CallContext context) {
            throw new UnsupportedOperationException("not asked for");
        }
    }
}
