package dev.paddock.bootstrap.cli.bench;

import dev.paddock.bootstrap.bench.load.LoadLimit;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.OptionConverters;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.ModelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for the server and the size of a benchmark. */
final class BenchOptions {

    private static final int SIMULATOR_WARM_UP = 200;
    private static final int DEFAULT_REQUESTS = 100;
    private static final int DEFAULT_PARTS = 5;

    @Option(
            names = {"--url", "--base-url"},
            paramLabel = "URL",
            description = "The server, for example http://127.0.0.1:11434; default: a simulated server.")
    private @Nullable BaseUrl url;

    @Option(names = "--dialect", paramLabel = "NAME", description = "The API of the server: ollama, or openai for vLLM and others.")
    private @Nullable String dialect;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "The HTTP client: apache5, jdk, okhttp or netty.")
    private @Nullable String transport;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            split = ",",
            description = "The model, for example llama3.2. Several ones, separated by commas, are asked in turn.")
    private List<ModelName> models = new ArrayList<>();

    @Option(names = "--requests", paramLabel = "N", description = "Measured requests in each mode: " + DEFAULT_REQUESTS
            + ", or as many as --replay has.")
    private @Nullable Integer requests;

    @Option(names = "--duration", paramLabel = "DURATION", description = "How long requests are sent in each mode, instead of their "
            + "number, for example 30s.")
    private @Nullable Duration duration;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "10",
            description = "Concurrent callers, and connections of the pool: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(
            names = "--warm-up",
            paramLabel = "N|DURATION",
            description = "Requests before the measurement, in each mode, or how long they are sent: " + SIMULATOR_WARM_UP
                    + " with the simulator, otherwise one per caller.")
    private @Nullable String warmUp;

    @Option(
            names = "--parts",
            paramLabel = "N",
            description = "Parts of the measured requests, whose figures are compared to find the noise: "
                    + DEFAULT_PARTS + ".")
    private @Nullable Integer parts;

    int concurrency() {
        if (concurrency < 1) {
            throw new UsageException("--concurrency must be at least 1");
        }
        return concurrency;
    }

    /** Returns the size; a replayed log has the given number of requests. */
    LoadSize size(@Nullable Integer replayed) {
        if (duration != null && requests != null) {
            throw new UsageException("--requests and --duration exclude each other");
        }
        if (duration != null && duration.isZero()) {
            throw new UsageException("--duration must be more than zero");
        }
        if (replayed != null && requests != null && requests > replayed) {
            throw new UsageException("--requests is " + requests + ", but the replayed log has " + replayed + " times");
        }
        int standard = replayed != null ? replayed : DEFAULT_REQUESTS;
        int number = requests != null ? requests : standard;
        if (number < 1) {
            throw new UsageException("--requests must be at least 1");
        }
        LoadLimit measured = duration != null ? LoadLimit.lasting(duration) : LoadLimit.ofRequests(number);
        int divided = parts != null ? parts : (int) Math.min(DEFAULT_PARTS, measured.most());
        if (divided < 1 || divided > measured.most() || divided > DEFAULT_REQUESTS) {
            throw new UsageException("--parts must be between 1 and --requests, and at most " + DEFAULT_REQUESTS);
        }
        return new LoadSize(measured, warmUp(), divided);
    }

    // The simulator shares its process with the client, so that the warm-up must compile both. A real server only needs to load
    // the model.
    private LoadLimit warmUp() {
        if (warmUp == null) {
            return LoadLimit.ofRequests(target() == TargetKind.SIMULATOR ? SIMULATOR_WARM_UP : concurrency());
        }
        if (warmUp.matches("\\d{1,9}")) {
            return LoadLimit.ofRequests(Integer.parseInt(warmUp));
        }
        try {
            Duration time = OptionConverters.duration(warmUp);
            return time.isZero() ? LoadLimit.ofRequests(0) : LoadLimit.lasting(time);
        } catch (TypeConversionException neither) {
            throw new UsageException("--warm-up is a number of requests, or a duration such as 10s, not '" + warmUp + "'");
        }
    }

    TargetKind target() {
        return url == null ? TargetKind.SIMULATOR : TargetKind.SERVER;
    }

    /** Returns the base URL of the server, or null for a simulated one. */
    @Nullable String address() {
        return url == null ? null : url.toString();
    }

    List<ModelName> models() {
        return models;
    }

    /** Returns the settings of the clients, by configuration key, for the simulator at the given URL or else the chosen server. */
    Map<String, String> overrides(@Nullable String simulated) {
        Map<String, String> overrides = new LinkedHashMap<>();
        overrides.put("paddock.pool.connections-per-host", Integer.toString(concurrency()));
        if (simulated != null) {
            overrides.putAll(Map.of("paddock.base-url", simulated, "paddock.dialect", "ollama"));
        } else if (url != null) {
            overrides.put("paddock.base-url", url.toString());
        }
        if (dialect != null && simulated == null) {
            overrides.put("paddock.dialect", dialect);
        }
        if (transport != null) {
            overrides.put("paddock.transport", transport);
        }
        return overrides;
    }
}
