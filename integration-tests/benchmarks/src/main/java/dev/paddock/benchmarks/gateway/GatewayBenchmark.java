package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.gateway.GatewayTables.Results;
import dev.paddock.benchmarks.gateway.GatewayTables.Results.Cell;
import dev.paddock.benchmarks.gateway.GatewayTables.Results.GatewayMeasurement;
import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadGenerator.LoadResult;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sends the same load to one server directly and through HAProxy, nginx and Paddock, interleaved in several rounds, so that the
 * ratios hold although the speed of the machine varies. Runs in the directory of the launcher. wrk, HAProxy and nginx must be
 * installed.
 */
public final class GatewayBenchmark {

    private final GatewayBenchmarkOptions plan;
    private final LoadTargets fronts;
    private final LoadGenerator generator;
    private final Results results = new Results();

    private GatewayBenchmark(GatewayBenchmarkOptions plan, LoadTargets fronts, Path directory) {
        this.plan = plan;
        this.fronts = fronts;
        this.generator = new LoadGenerator(directory);
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        GatewayBenchmarkOptions plan = GatewayBenchmarkOptions.parse(arguments);
        Path directory = Files.createTempDirectory("gateway-benchmark");
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<Proxy> proxies = plan.loads().isEmpty() ? List.of() : List.copyOf(Proxy.installed());
        try (LoadTargets fronts = LoadTargets.start(directory, proxies)) {
            new GatewayBenchmark(plan, fronts, directory).run(output);
        }
    }

    private void run(PrintStream output) throws IOException, InterruptedException {
        output.println(BenchmarkMachine.describe());
        GatewayTables tables = new GatewayTables(output, fronts.all());
        warmUp();
        for (GatewayLoad load : plan.loads()) {
            tables.firstBytes(load, FirstByteProbe.measure(fronts.all(), load, plan.probes()));
        }
        output.println();
        if (!plan.loads().isEmpty()) {
            tables.header();
        }
        for (GatewayLoad load : plan.loads()) {
            for (int connections : plan.connections()) {
                for (int round = 0; round < plan.rounds(); round++) {
                    for (LoadTarget front : fronts.all()) {
                        Cell cell = new Cell(load, connections, front);
                        results.add(cell, measure(cell));
                    }
                }
                tables.rows(results, load, connections);
            }
        }
        measureOpenStreams(output);
    }

    private void measureOpenStreams(PrintStream output) throws IOException, InterruptedException {
        for (Proxy proxy : plan.proxies()) {
            LoadTarget front = fronts.startSpacious(proxy, 2 * plan.streams(), "-Xmx" + plan.heap());
            try (OpenStreams streams = new OpenStreams(front, plan.streams())) {
                output.printf(Locale.ROOT, "%nHeap of %d concurrent streams through %s, limit %s: %.1f kB each.%n",
                        plan.streams(), proxy.label(), plan.heap(), streams.heapOfEach(generator) / 1024.0);
            }
        }
    }

    private void warmUp() throws IOException, InterruptedException {
        GatewayWarmUp warmUp = new GatewayWarmUp(generator, Duration.ofSeconds(plan.warmUp()));
        for (GatewayLoad load : plan.loads()) {
            for (LoadTarget front : fronts.all()) {
                warmUp.run(front, load);
            }
        }
    }

    private GatewayMeasurement measure(Cell cell) throws IOException, InterruptedException {
        Duration before = cell.target().processorTime();
        LoadResult reading = generator.run(cell.target(), cell.load(), cell.connections(), plan.seconds());
        Duration used = cell.target().processorTime().minus(before);
        return new GatewayMeasurement(reading, used.toNanos() / 1e3 / Math.max(1, reading.requests()));
    }

    /**
     * Calls until the compilers of a JVM are nearly idle. Otherwise the compilation would count as cost of the requests, most of all
     * for loads with few requests per second.
     */
    static final class GatewayWarmUp {

        private static final int CONNECTIONS = 32;
        private static final int WINDOW_SECONDS = 3;
        /** The maximum compilation time of a calm window. */
        private static final Duration CALM = Duration.ofMillis(100);

        private static final int CALM_WINDOWS = 2;

        private final LoadGenerator generator;
        private final Duration longest;

        GatewayWarmUp(LoadGenerator generator, Duration longest) {
            this.generator = generator;
            this.longest = longest;
        }

        /** Warms up one load; a target without compilers only gets its connections. */
        void run(LoadTarget front, GatewayLoad load) throws IOException, InterruptedException {
            if (front.compilerTime().isZero()) {
                LoadResult unused = generator.run(front, load, CONNECTIONS, 1);
                return;
            }
            long end = System.nanoTime() + longest.toNanos();
            int calm = 0;
            while (calm < CALM_WINDOWS && System.nanoTime() < end) {
                Duration before = front.compilerTime();
                LoadResult unused = generator.run(front, load, CONNECTIONS, WINDOW_SECONDS);
                calm = front.compilerTime().minus(before).compareTo(CALM) < 0 ? calm + 1 : 0;
            }
        }
    }

    /**
     * What to measure.
     *
     * @param loads the loads
     * @param connections the numbers of connections
     * @param rounds how many times each is measured; the tables show medians
     * @param seconds how long each measurement takes
     * @param warmUp how many seconds each load runs at most through each front that is a JVM, before anything counts; it
     *     ends sooner when the compilers are calm
     * @param probes how often the first byte is timed
     * @param streams the number of concurrent streams whose heap is measured
     * @param heap the heap of the gateway with these streams, as an option of the JVM states it
     * @param proxies the gateways whose heap is measured
     */
    record GatewayBenchmarkOptions(
            List<GatewayLoad> loads,
            List<Integer> connections,
            int rounds,
            int seconds,
            int warmUp,
            int probes,
            int streams,
            String heap,
            List<Proxy> proxies) {

        private static final GatewayBenchmarkOptions DEFAULT = new GatewayBenchmarkOptions(
                List.of(GatewayLoad.CHAT, GatewayLoad.STREAM, GatewayLoad.PROMPT), List.of(1, 32, 256), 3, 4, 60, 3_000, 1_000, "256m",
                List.of(Proxy.PADDOCK, Proxy.PADDOCK_NETTY));

        static GatewayBenchmarkOptions parse(String... arguments) {
            GatewayBenchmarkOptions plan = DEFAULT;
            for (int at = 0; at < arguments.length; at += 2) {
                if (at + 1 == arguments.length) {
                    throw new IllegalArgumentException(arguments[at] + " needs a value");
                }
                plan = plan.with(arguments[at], arguments[at + 1]);
            }
            return plan;
        }

        private GatewayBenchmarkOptions with(String option, String value) {
            return switch (option) {
                case "--loads" -> withLoads(value.equals("none")
                        ? List.of()
                        : Arrays.stream(value.split(",", -1)).map(GatewayLoad::named).toList());
                case "--connections" -> withConnections(Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList());
                case "--rounds" -> withTimes(Integer.parseInt(value), seconds, warmUp, probes);
                case "--seconds" -> withTimes(rounds, Integer.parseInt(value), warmUp, probes);
                case "--warm-up" -> withTimes(rounds, seconds, Integer.parseInt(value), probes);
                case "--probes" -> withTimes(rounds, seconds, warmUp, Integer.parseInt(value));
                case "--streams" -> withStreams(Integer.parseInt(value), heap, proxies);
                case "--heap" -> withStreams(streams, value, proxies);
                case "--contenders" -> withStreams(
                        streams, heap, Arrays.stream(value.split(",", -1)).map(Proxy::named).toList());
                default -> throw new IllegalArgumentException("unknown option " + option);
            };
        }

        private GatewayBenchmarkOptions withLoads(List<GatewayLoad> other) {
            return new GatewayBenchmarkOptions(other, connections, rounds, seconds, warmUp, probes, streams, heap, proxies);
        }

        private GatewayBenchmarkOptions withConnections(List<Integer> other) {
            return new GatewayBenchmarkOptions(loads, other, rounds, seconds, warmUp, probes, streams, heap, proxies);
        }

        private GatewayBenchmarkOptions withTimes(int otherRounds, int otherSeconds, int otherWarmUp, int otherProbes) {
            return new GatewayBenchmarkOptions(
                    loads, connections, otherRounds, otherSeconds, otherWarmUp, otherProbes, streams, heap, proxies);
        }

        private GatewayBenchmarkOptions withStreams(int count, String limit, List<Proxy> measured) {
            return new GatewayBenchmarkOptions(loads, connections, rounds, seconds, warmUp, probes, count, limit, measured);
        }
    }
}
