package dev.paddock.benchmarks.reuse;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.Quantiles;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.model.embedding.EmbedRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Measures batches of texts to embed next to one request for each text, and checks the bounds that are promised. */
public final class BatchBenchmark {

    private static final double GPU_GAIN = 3;
    private static final double CPU_LOSS = 0.95;

    /** A median differs from run to run by that much on a busy machine, with the same code. */
    private static final double NOISE_MILLIS = 1;

    private static final int CALLS_OF_ONE = 600;

    private final Duration time;
    private final int callers;
    private final PrintStream out;
    private boolean isMissed;

    private BatchBenchmark(Duration time, int callers, PrintStream out) {
        this.time = time;
        this.callers = callers;
        this.out = out;
    }

    /** Takes {@code --seconds N} for each measurement and {@code --callers N}. Exits with 1 if a bound is missed. */
    public static void main(String... arguments) throws IOException {
        int seconds = ReuseOptions.number("--seconds", 60, arguments);
        int callers = ReuseOptions.number("--callers", 64, arguments);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BatchBenchmark benchmark = new BatchBenchmark(Duration.ofSeconds(seconds), callers, out);
        benchmark.run();
        if (benchmark.isMissed) {
            System.exit(1);
        }
    }

    private void run() throws IOException {
        out.println(BenchmarkMachine.describe() + "; " + callers + " callers, " + time.toSeconds() + " s for each measurement.");
        out.println();
        out.println("| server | texts/s, one request each | texts/s, batches | texts per request | gain | bound |");
        out.println("|---|--:|--:|--:|--:|--:|");
        throughput("GPU: 145 ms + 7 ms a text", Duration.ofMillis(145), Duration.ofMillis(7), 1, GPU_GAIN);
        throughput("CPU: 20 ms a text", Duration.ZERO, Duration.ofMillis(20), 1, CPU_LOSS);
        throughput("CPU: 20 ms a text, four side by side", Duration.ZERO, Duration.ofMillis(20), 4, CPU_LOSS);
        out.println();
        single();
    }

    private void throughput(String name, Duration perRequest, Duration perText, int workers, double bound) throws IOException {
        Throughput without = measure(perRequest, perText, workers, false);
        Throughput with = measure(perRequest, perText, workers, true);
        double gain = with.textsPerSecond / without.textsPerSecond;
        isMissed |= gain < bound;
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.2f x | %.2f x%s |%n",
                name,
                without.textsPerSecond,
                with.textsPerSecond,
                with.textsPerRequest,
                gain,
                bound,
                gain < bound ? " MISSED" : "");
    }

    /** Measures from the first call on: what the batches learn costs is part of it. */
    private Throughput measure(Duration perRequest, Duration perText, int workers, boolean batches) throws IOException {
        AtomicLong number = new AtomicLong();
        try (EmbeddingServer server = EmbeddingServer.start(perRequest, perText, workers);
                Paddock paddock = client(server, batches)) {
            long start = System.nanoTime();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < callers; caller++) {
                    threads.execute(() -> {
                        while (System.nanoTime() - start < time.toNanos()) {
                            paddock.llm().embed(EmbedRequest.of("m", "text " + number.incrementAndGet()));
                        }
                    });
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Throughput(server.texts() / seconds, (double) server.texts() / server.requests());
        }
    }

    private void single() throws IOException {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        try (EmbeddingServer server = EmbeddingServer.start(Duration.ZERO, Duration.ofMillis(5), 1);
                Paddock plain = client(server, false);
                Paddock batching = client(server, true)) {
            for (int call = 0; call < CALLS_OF_ONE; call++) {
                without.add(millis(plain, "text a" + call));
                with.add(millis(batching, "text b" + call));
            }
        }
        double before = median(without);
        double after = median(with);
        isMissed |= after - before > NOISE_MILLIS;
        out.printf(
                Locale.ROOT,
                "One caller, 5 ms a text: p50 %.2f ms without batches, %.2f ms with them (bound: no more than %.0f ms of noise apart)%s.%n",
                before,
                after,
                NOISE_MILLIS,
                after - before > NOISE_MILLIS ? " MISSED" : "");
    }

    private static double median(List<Double> values) {
        return Quantiles.median(values.stream().skip(CALLS_OF_ONE / 2).mapToDouble(Double::doubleValue));
    }

    private static double millis(Paddock paddock, String text) {
        long start = System.nanoTime();
        paddock.llm().embed(EmbedRequest.of("m", text));
        return (System.nanoTime() - start) / 1e6;
    }

    private Paddock client(EmbeddingServer server, boolean batches) {
        return Paddock.start(ConfigurationLoader.ofDefaults().withOverrides("benchmark", Map.of(
                "paddock.base-url", server.baseUrl(),
                "paddock.pool.connections-per-host", String.valueOf(callers),
                "paddock.batch.enabled", String.valueOf(batches),
                "paddock.cache.models.version", "name")));
    }

    private record Throughput(double textsPerSecond, double textsPerRequest) {}
}
