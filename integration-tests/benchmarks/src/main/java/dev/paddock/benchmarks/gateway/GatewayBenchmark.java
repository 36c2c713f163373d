package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.BenchmarkMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Puts the same load on one server directly and through HAProxy, nginx and Paddock, in turn and several times over, so
 * that the ratios hold although the speed of the machine drifts. Runs in the directory of the launcher; wrk, HAProxy and
 * nginx have to be installed.
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
            output.printf(Locale.ROOT, "%nHeap of %d streams under way through Paddock: %.1f kB each.%n",
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
        Duration before = cell.front().processorTime();
        LoadResult reading = generator.run(cell.front(), cell.load(), cell.connections(), plan.seconds());
        Duration used = cell.front().processorTime().minus(before);
        return new GatewayMeasurement(reading, used.toNanos() / 1e3 / Math.max(1, reading.requests()));
    }
}
