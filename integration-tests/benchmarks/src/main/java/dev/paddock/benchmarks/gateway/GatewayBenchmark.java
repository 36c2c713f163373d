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
        try (LoadTargets fronts = LoadTargets.start(directory)) {
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
        tables.header();
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
        try (OpenStreams streams = new OpenStreams(fronts.startSpacious(2 * OpenStreams.COUNT))) {
            output.printf(Locale.ROOT, "%nHeap of %d concurrent streams through Paddock: %.1f kB each.%n",
                    OpenStreams.COUNT, streams.heapOfEach(generator) / 1024.0);
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
     */
    record GatewayBenchmarkOptions(List<GatewayLoad> loads, List<Integer> connections, int rounds, int seconds, int warmUp, int probes) {

        private static final GatewayBenchmarkOptions DEFAULT = new GatewayBenchmarkOptions(
                List.of(GatewayLoad.CHAT, GatewayLoad.STREAM, GatewayLoad.PROMPT), List.of(1, 32, 256), 3, 4, 60, 3_000);

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
                case "--loads" -> new GatewayBenchmarkOptions(Arrays.stream(value.split(",", -1)).map(GatewayLoad::named).toList(), connections, rounds,
                        seconds, warmUp, probes);
                case "--connections" -> new GatewayBenchmarkOptions(loads, Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList(),
                        rounds, seconds, warmUp, probes);
                case "--rounds" -> new GatewayBenchmarkOptions(loads, connections, Integer.parseInt(value), seconds, warmUp, probes);
                case "--seconds" -> new GatewayBenchmarkOptions(loads, connections, rounds, Integer.parseInt(value), warmUp, probes);
                case "--warm-up" -> new GatewayBenchmarkOptions(loads, connections, rounds, seconds, Integer.parseInt(value), probes);
                case "--probes" -> new GatewayBenchmarkOptions(loads, connections, rounds, seconds, warmUp, Integer.parseInt(value));
                default -> throw new IllegalArgumentException("unknown option " + option);
            };
        }
    }
}
