package dev.paddock.bootstrap.cli.bench;

import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.RequestCount;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.domain.exchange.BaseUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the server and the load of a benchmark. */
final class BenchOptions {

    private static final int SIMULATOR_WARM_UP = 200;
    private static final int DEFAULT_REPETITIONS = 5;

    // No retries and no open circuit: failures are counted, not avoided. When the pool is full, requests wait, because the wait is
    // a part of the measurement and not a failure.
    private static final Map<String, String> MEASURABLE = Map.of(
            "paddock.retry.max-retries", "0",
            "paddock.circuit.consecutive-failures", "1000000",
            "paddock.circuit.fewest-calls", "1000000",
            "paddock.pool.when-full", "wait");

    @Option(
            names = {"--url", "--base-url"},
            paramLabel = "URL",
            description = "The server, for example http://127.0.0.1:11434; default: a simulated server.")
    private @Nullable BaseUrl url;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "The HTTP client: apache5, jdk, okhttp or netty.")
    private @Nullable String transport;

    @Mixin private final ModelOption model = new ModelOption();

    @Option(names = "--requests", paramLabel = "N", defaultValue = "100", description = "Measured requests in each "
            + "mode: ${DEFAULT-VALUE}.")
    private int requests;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "10",
            description = "Concurrent callers, and connections of the pool: ${DEFAULT-VALUE}.")
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
            description = "Requests started per second, even if earlier ones have no answer yet; latency counts from "
                    + "the time at which a request was due. Without it each caller waits for its answer.")
    private @Nullable Double rate;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "16",
            description = "Maximum number of tokens in an answer: ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Requests before the measurement, in each mode: " + SIMULATOR_WARM_UP
                    + " with the simulator, otherwise one per caller.")
    private @Nullable Integer warmUp;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Parts of the measured requests, whose figures are compared to find the noise: "
                    + DEFAULT_REPETITIONS + ".")
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
        int before = warmUp != null ? warmUp : defaultWarmUp(target);
        int repetitions = repeat != null ? repeat : Math.min(DEFAULT_REPETITIONS, requests);
        try {
            return new RequestCount(requests, before, repetitions);
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException(
                    "--requests must be at least 1, --warm-up at least 0, and --repeat between 1 and --requests");
        }
    }

    // The simulator shares its process with the client, so that the warm-up must compile both. A real server only needs to load
    // the model.
    private int defaultWarmUp(TargetKind target) {
        return target == TargetKind.SIMULATOR ? SIMULATOR_WARM_UP : concurrency;
    }

    TargetKind target() {
        return url == null ? TargetKind.SIMULATOR : TargetKind.SERVER;
    }

    ModelOption model() {
        return model;
    }

    /** Returns the settings of the clients, by configuration key, for the simulator at the given URL or else the chosen server. */
    Map<String, String> overrides(@Nullable String simulated, int callers) {
        Map<String, String> overrides = new LinkedHashMap<>(MEASURABLE);
        overrides.put("paddock.pool.connections-per-host", Integer.toString(callers));
        if (simulated != null) {
            overrides.putAll(Map.of("paddock.base-url", simulated, "paddock.dialect", "ollama"));
        } else if (url != null) {
            overrides.put("paddock.base-url", url.toString());
        }
        if (transport != null) {
            overrides.put("paddock.transport", transport);
        }
        return overrides;
    }
}
