package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.bench.RequestCount;
import dev.paddock.bootstrap.bench.LoadRate;
import dev.paddock.bootstrap.bench.TargetKind;
import dev.paddock.bootstrap.bench.WorkloadKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what load a benchmark sends. */
final class BenchOptions {

    private static final int WARM_UP_OF_SIMULATOR = 200;
    private static final int USUAL_REPETITIONS = 5;

    @Option(names = "--requests", paramLabel = "N", defaultValue = "100", description = "Requests that are measured, "
            + "in each mode: ${DEFAULT-VALUE}.")
    private int requests;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "10",
            description = "Callers at once, and connections of the pool: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(
            names = "--workload",
            paramLabel = "generate|chat|stream|embed",
            defaultValue = "chat",
            description = "What each request asks for: ${DEFAULT-VALUE}.")
    private WorkloadKind workload = WorkloadKind.CHAT;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Requests that start in a second, whether earlier ones are answered or not; latency counts "
                    + "from when a request was to start. Without it each caller waits for its answer.")
    private @Nullable Double rate;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "16",
            description = "Tokens in an answer at most: ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Requests before those that are measured, in each mode: " + WARM_UP_OF_SIMULATOR
                    + " with the simulator, else one for each caller.")
    private @Nullable Integer warmUp;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Parts of the measured requests whose figures are compared to know the noise: "
                    + USUAL_REPETITIONS + ".")
    private @Nullable Integer repeat;

    WorkloadKind workload() {
        return workload;
    }

    int tokens() {
        if (tokens < 1) {
            throw new UsageException("--tokens must be at least 1");
        }
        return tokens;
    }

    LoadRate loadRate() {
        if (concurrency < 1) {
            throw new UsageException("--concurrency must be at least 1");
        }
        try {
            return new LoadRate(concurrency, rate);
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException("--rate must be more than 0 and at most 1000000");
        }
    }

    RequestCount requestCount(TargetKind target) {
        int before = warmUp != null ? warmUp : usualWarmUp(target);
        int repetitions = repeat != null ? repeat : Math.min(USUAL_REPETITIONS, requests);
        try {
            return new RequestCount(requests, before, repetitions);
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException(
                    "--requests must be at least 1, --warm-up at least 0, and --repeat between 1 and --requests");
        }
    }

    // The simulator costs nothing, and shares its process with the client: both are to be compiled. What a real server needs
    // is the model in its memory.
    private int usualWarmUp(TargetKind target) {
        return target == TargetKind.SIMULATOR ? WARM_UP_OF_SIMULATOR : concurrency;
    }
}
