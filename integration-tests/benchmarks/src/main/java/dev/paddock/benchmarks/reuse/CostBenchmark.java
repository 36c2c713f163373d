package dev.paddock.benchmarks.reuse;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import dev.paddock.wholesystem.ProcessUsage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogManager;
import org.HdrHistogram.Histogram;

/**
 * Measures what a hit or a miss of the cache costs, next to the same call without a cache. The two take short turns, so that their ratio
 * is that of neighbours in time.
 */
public final class CostBenchmark {

    private static final Duration TURN = Duration.ofMillis(500);
    private static final double MOST_MILLIS_OF_GATEWAY_HIT = 1;

    /** As many equal questions are asked in turn. */
    private static final int QUESTIONS = 256;

    private final CostKind kind;
    private final int turns;
    private final Duration warmUp;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final AtomicLong fresh = new AtomicLong(2 * QUESTIONS);
    private boolean isMissed;

    private CostBenchmark(CostKind kind, int turns, Duration warmUp) {
        this.kind = kind;
        this.turns = turns;
        this.warmUp = warmUp;
    }

    /**
     * Takes {@code hits} or {@code misses}, {@code --turns N}, {@code --warm-up SECONDS} and {@code --gateway-only}. Exits with 1 if a bound is
     * missed.
     */
    public static void main(String... arguments) throws IOException {
        LogManager.getLogManager().reset();
        CostBenchmark benchmark = new CostBenchmark(
                CostKind.valueOf(arguments[0].toUpperCase(Locale.ROOT)),
                ReuseOptions.number("--turns", 30, arguments),
                Duration.ofSeconds(ReuseOptions.number("--warm-up", 15, arguments)));
        benchmark.run(!List.of(arguments).contains("--gateway-only"));
        System.exit(benchmark.isMissed ? 1 : 0);
    }

    private void run(boolean withLibrary) throws IOException {
        out.println(BenchmarkMachine.describe() + "; " + turns + " turns of " + TURN.toMillis() + " ms for each cell, one caller.");
        out.println();
        out.println("| | answer | CPU us, no cache | CPU us, " + kind.title + " | ratio | kB, no cache | kB, " + kind.title
                + " | ratio | p50 us, no cache | p50 us, " + kind.title + " | bound of CPU |");
        out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            int port = upstream.address().port();
            if (withLibrary) {
                try (CostSubject plain = new LibrarySubject(port, false); CostSubject caching = new LibrarySubject(port, true)) {
                    compare("library", plain, caching, Double.POSITIVE_INFINITY);
                }
            }
            try (CostSubject plain = new GatewaySubject(port, false); CostSubject caching = new GatewaySubject(port, true)) {
                compare("gateway", plain, caching, kind == CostKind.HITS ? MOST_MILLIS_OF_GATEWAY_HIT : Double.POSITIVE_INFINITY);
            }
        }
    }

    private void compare(String face, CostSubject plain, CostSubject caching, double mostMillis) throws IOException {
        for (boolean stream : new boolean[] {false, true}) {
            CostSum unused = new CostSum(plain, stream).add(warmUp);
            CostSum unusedToo = new CostSum(caching, stream).add(warmUp);
            CostSum before = new CostSum(plain, stream);
            CostSum after = new CostSum(caching, stream);
            for (int turn = 0; turn < turns; turn++) {
                before.add(TURN);
                after.add(TURN);
            }
            row(face + (stream ? " | stream, 200 pieces" : " | small chat"), before, after, mostMillis);
        }
    }

    private void row(String name, CostSum before, CostSum after, double mostMillis) {
        double cpu = after.cpuMicros() / before.cpuMicros();
        double allocation = after.kilobytes() / before.kilobytes();
        boolean isWithin = cpu <= kind.bound && after.p50Micros() / 1e3 < mostMillis;
        isMissed |= !isWithin;
        out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.2f x | %.1f | %.1f | %.2f x | %.0f | %.0f | %.1f x%s%s |%n", name,
                before.cpuMicros(), after.cpuMicros(), cpu, before.kilobytes(), after.kilobytes(), allocation, before.p50Micros(),
                after.p50Micros(), kind.bound, Double.isFinite(mostMillis) ? ", p50 below 1 ms" : "", isWithin ? "" : " MISSED");
    }

    /** Whether the cache has the answers. */
    private enum CostKind {
        HITS("hit", 0.5),
        MISSES("miss", 1.1);

        private final String title;
        private final double bound;

        CostKind(String title, double bound) {
            this.title = title;
            this.bound = bound;
        }
    }

    /** The cost of the calls of one subject. */
    private final class CostSum {

        private final CostSubject subject;
        private final boolean stream;
        private final Histogram latencies = new Histogram(3);
        private ProcessUsage usage = new ProcessUsage(0, 0);

        CostSum(CostSubject subject, boolean stream) {
            this.subject = subject;
            this.stream = stream;
        }

        CostSum add(Duration length) throws IOException {
            ProcessUsage start = subject.usage();
            long end = System.nanoTime() + length.toNanos();
            for (long before = System.nanoTime(); before < end; ) {
                long number = fresh.incrementAndGet();
                subject.call(kind == CostKind.HITS ? known(number) : number, stream);
                long after = System.nanoTime();
                latencies.recordValue(after - before);
                before = after;
            }
            usage = usage.plus(subject.usage().minus(start));
            return this;
        }

        /** A stream is not made from a whole answer, which would be one piece. */
        private long known(long number) {
            return number % QUESTIONS + (stream ? QUESTIONS : 0);
        }

        double cpuMicros() {
            return usage.cpuNanos() / 1e3 / latencies.getTotalCount();
        }

        double kilobytes() {
            return usage.allocatedBytes() / 1e3 / latencies.getTotalCount();
        }

        double p50Micros() {
            return latencies.getValueAtPercentile(50) / 1e3;
        }
    }
}
