package dev.paddock.benchmarks.reuse;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.Quantiles;
import dev.paddock.bootstrap.Paddock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogManager;
import java.util.stream.DoubleStream;

/**
 * Replays logs of questions with and without the cache and single-flight. The logs are made from a seed: a given share of the questions
 * repeats an earlier one, and the more often a question was asked, the more often it is repeated. The server is simulated: four answers
 * side by side, whose times are spread as those of a model, but twenty times as short.
 */
public final class LogBenchmark {

    private static final int[] PERCENTS_REPEATED = {30, 40, 50};
    private static final int WORKERS = 4;
    private static final double MEDIAN_MILLIS = 60;
    private static final double SPREAD = 0.6; // standard deviation of the logarithm
    private static final double TOLERANCE = 0.03;

    private final int questions;
    private final int callers;
    private final int seed;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private boolean isMissed;

    private LogBenchmark(int questions, int callers, int seed) {
        this.questions = questions;
        this.callers = callers;
        this.seed = seed;
    }

    /** Takes {@code --questions N}, {@code --callers N} and {@code --seed N}. Exits with 1 if repeats are not found. */
    public static void main(String... arguments) throws IOException {
        LogManager.getLogManager().reset();
        LogBenchmark benchmark = new LogBenchmark(
                ReuseOptions.number("--questions", 2000, arguments),
                ReuseOptions.number("--callers", 8, arguments),
                ReuseOptions.number("--seed", 17, arguments));
        benchmark.run();
        System.exit(benchmark.isMissed ? 1 : 0);
    }

    private void run() throws IOException {
        out.println(BenchmarkMachine.describe() + "; " + questions + " questions of " + callers + " callers, seed " + seed + ".");
        out.println();
        out.println("| repeated | answered without the server | mean ms, no cache | mean ms, cache | reduction | p50 ms, no cache "
                + "| p50 ms, cache | p95 ms, no cache | p95 ms, cache |");
        out.println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (int percent : PERCENTS_REPEATED) {
            List<Long> log = log(percent);
            Replay without = replay(log, false);
            Replay with = replay(log, true);
            double repeated = 1 - (double) log.stream().distinct().count() / log.size();
            isMissed |= with.hitRate < repeated - TOLERANCE;
            out.printf(Locale.ROOT, "| %.1f %% | %.1f %%%s | %.1f | %.1f | %.1f %% | %.1f | %.1f | %.1f | %.1f |%n", 100 * repeated,
                    100 * with.hitRate, with.hitRate < repeated - TOLERANCE ? " MISSED" : "", without.mean(), with.mean(),
                    100 * (1 - with.mean() / without.mean()), without.quantile(0.5), with.quantile(0.5), without.quantile(0.95),
                    with.quantile(0.95));
        }
    }

    /** Returns numbers of questions; a repeated one is drawn from all that were asked before, so that frequent ones become more frequent. */
    private List<Long> log(int percentRepeated) {
        Random random = new Random(seed);
        List<Long> log = new ArrayList<>();
        long fresh = 0;
        for (int index = 0; index < questions; index++) {
            boolean isRepeated = !log.isEmpty() && random.nextInt(100) < percentRepeated;
            log.add(isRepeated ? log.get(random.nextInt(log.size())) : ++fresh);
        }
        return log;
    }

    private Replay replay(List<Long> log, boolean reuse) throws IOException {
        List<Double> millis = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        try (AnswerServer server = AnswerServer.start(LogBenchmark::thinkingNanos, Duration.ZERO, 1, WORKERS);
                Paddock paddock = ReuseClients.start(
                        server.port(), "paddock.cache.enabled=" + reuse, "paddock.single-flight.enabled=" + reuse)) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int caller = 0; caller < callers; caller++) {
                    threads.execute(() -> {
                        for (int index = next.getAndIncrement(); index < log.size(); index = next.getAndIncrement()) {
                            millis.add(ask(paddock, server, log.get(index)));
                        }
                    });
                }
            }
            if (millis.size() != log.size()) {
                throw new IllegalStateException("a question was not answered");
            }
            return new Replay(List.copyOf(millis), 1 - (double) server.requests() / log.size());
        }
    }

    private static double ask(Paddock paddock, AnswerServer server, long question) {
        long start = System.nanoTime();
        String answer = paddock.llm().chat(ReuseClients.chat(question)).text();
        if (!answer.equals(server.text(question))) {
            throw new IllegalStateException("the answer to another question");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static long thinkingNanos(long question) {
        return (long) (MEDIAN_MILLIS * Math.exp(SPREAD * new Random(question).nextGaussian()) * 1e6);
    }

    /**
     * A log that was replayed.
     *
     * @param millis the time of each call
     * @param hitRate the fraction of calls for which the server did nothing
     */
    private record Replay(List<Double> millis, double hitRate) {

        private DoubleStream times() {
            return millis.stream().mapToDouble(Double::doubleValue);
        }

        double mean() {
            return times().average().orElseThrow();
        }

        double quantile(double share) {
            return Quantiles.of(times().toArray(), share);
        }
    }
}
