package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ServerOptions;
import dev.paddock.bootstrap.cli.terminal.ProcessSignals;
import dev.paddock.bootstrap.cli.terminal.Terminal.OutputClosedException;
import dev.paddock.bootstrap.cli.terminal.Terminal.OutputFailedException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.domain.exchange.BaseUrl;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the gateway until the process is stopped. */
@Command(
        name = "serve",
        description = "Runs a gateway in front of a model server. Clients change only their base URL, and the state of "
                + "the pool can be seen. Prints its base URL, then a line for each request, and runs until Ctrl-C: "
                + "requests in progress may then end; a second Ctrl-C stops it at once.")
public final class ServeCommand extends CliCommand {

    private static final int MOST_SIMULATORS = 100;

    /** The embedding model of the simulator. */
    private static final String SIMULATED_EMBEDDINGS = "nomic-embed-text";

    /** The model of the simulator that answers questions about documents. */
    private static final String SIMULATED_MODEL = "llama3.2";

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on: 127.0.0.1, unless configured.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The port, 0 for a free one: 11435, unless configured.")
    private @Nullable Integer port;

    @Mixin private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--admin",
            description = "Allow every request, also those that change models or the server: pull, push, create, copy, delete, blobs.")
    private boolean admin;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "The format of the lines of the log and of those for requests: text, unless configured, or json.")
    private @Nullable String logFormat;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            description = "The lowest level of the log on standard error: error, warning, info (default), debug or trace.")
    private ProcessLog.@Nullable LogLevel logLevel;

    @Option(names = "--batch", description = "Embed each text once, and the texts of several clients together.")
    private boolean batch;

    @Option(names = "--cache", description = "Answer equal requests with temperature 0 or a seed, and embeddings, from a cache.")
    private boolean cache;

    @Option(
            names = "--documents",
            paramLabel = "DIR",
            description = "Index the text, Markdown, HTML and PDF files of a folder, so that questions about them can be answered.")
    private @Nullable Path documents;

    @Option(
            names = "--otlp",
            paramLabel = "URL",
            description = "Send traces and metrics to a collector that speaks OTLP over HTTP, for example http://127.0.0.1:4318.")
    private @Nullable BaseUrl otlp;

    @Option(names = "--queue", description = "Let requests wait in fair order when the model server has no room for them.")
    private boolean queue;

    @Option(
            names = "--semantic",
            paramLabel = "MODE",
            description = "Look for similar questions, too: shadow, to compare answers only, or serve. Needs --cache.")
    private @Nullable String semantic;

    @Option(
            names = "--shared-state",
            paramLabel = "URL",
            description = "A Redis or Valkey in which gateways share stored answers and rate limits, for example redis://cache:6379.")
    private @Nullable String sharedState;

    @Option(names = "--single-flight", description = "Let equal requests in progress share one call.")
    private boolean singleFlight;

    @Option(
            names = "--sim",
            arity = "0..1",
            fallbackValue = "1",
            paramLabel = "N",
            description = "Start N simulated model servers behind the gateway, one without N, to try things out.")
    private int simulated;

    @Override
    protected ExitStatus run() {
        if (simulated != 0 && server.hasServer()) {
            throw new UsageException("--sim and --base-url exclude each other, as do --sim and --backend");
        }
        if (simulated < 0 || simulated > MOST_SIMULATORS) {
            throw new UsageException("--sim takes a number from 1 to " + MOST_SIMULATORS);
        }
        if (documents != null && !Files.isDirectory(documents)) {
            throw new UsageException("--documents takes a folder, and " + documents + " is none");
        }
        try (ProcessSignals signals = ProcessSignals.listen();
                SimulatedServers simulators = SimulatedServers.start(simulated);
                ConfiguredGateway started = start(simulators)) {
            PaddockGateway gateway = started.gateway();
            signals.onHangUp(gateway::reload);
            announce(gateway, simulators);
            signals.await();
            terminal().note("Stopping: new requests are refused.");
            int cut = gateway.drain();
            terminal().note(cut == 0
                    ? "Stopped; all requests have ended."
                    : "Stopped; " + cut + " requests took too long and were cancelled.");
        }
        return ExitStatus.OK;
    }

    /** A gateway and the log of its process. */
    private record ConfiguredGateway(PaddockGateway gateway, ProcessLog log) implements AutoCloseable {

        @Override
        public void close() {
            try (log) {
                gateway.close();
            }
        }
    }

    private ConfiguredGateway start(SimulatedServers simulators) {
        ConfigurationLoader loader = ConfigurationLoader.ofProcess()
                .withEnvironment(context().environment())
                .withTransports(Transports.names())
                .withOverrides("command line", overrides(simulators));
        GatewayConfiguration configuration = GatewayConfiguration.load(loader);
        AccessLogFormat format = configuration.gateway().monitoring().logFormat();
        ProcessLog log = ProcessLog.start(format, logLevel);
        try {
            PaddockGateway gateway = PaddockGateway.start(configuration, metrics -> AccessLog.ofLines(format, this::log, metrics));
            gateway.reloadFrom(loader);
            return new ConfiguredGateway(gateway, log);
        } catch (RuntimeException failed) {
            log.close();
            throw failed instanceof UncheckedIOException taken ? cannotListen(taken) : failed;
        }
    }

    private static CommandFailedException cannotListen(UncheckedIOException taken) {
        return new CommandFailedException(
                "the gateway cannot listen: " + reason(taken), "Choose another --host or --port; --port 0 selects a free port.");
    }

    private static String reason(UncheckedIOException failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }

    private Map<String, String> overrides(SimulatedServers simulators) {
        Map<String, String> overrides = server.overrides();
        put(overrides, "paddock.gateway.host", host);
        put(overrides, "paddock.gateway.port", port);
        if (simulators.isOne()) {
            overrides.put(ServerOptions.BASE_URL_KEY, simulators.baseUrl());
        } else if (!simulators.isEmpty()) {
            overrides.put(ServerOptions.BACKENDS_KEY, String.join(",", simulators.backends()));
        }
        put(overrides, "paddock.gateway.admin", admin ? true : null);
        put(overrides, "paddock.gateway.access-log.format", logFormat);
        put(overrides, "paddock.documents.folder", documents);
        put(overrides, "paddock.query.model", simulators.isEmpty() ? null : SIMULATED_MODEL);
        put(overrides, "paddock.otlp.endpoint", otlp);
        put(overrides, "paddock.admission.enabled", queue ? true : null);
        put(overrides, "paddock.batch.enabled", batch ? true : null);
        put(overrides, "paddock.cache.enabled", cache ? true : null);
        put(overrides, "paddock.semantic-cache.enabled", semantic == null ? null : true);
        put(overrides, "paddock.semantic-cache.mode", semantic);
        put(overrides, "paddock.semantic-cache.embedding-model", simulators.isEmpty() ? null : SIMULATED_EMBEDDINGS);
        put(overrides, "paddock.shared-state.url", sharedState);
        put(overrides, "paddock.single-flight.enabled", singleFlight ? true : null);
        return overrides;
    }

    private static void put(Map<String, String> overrides, String key, @Nullable Object value) {
        if (value != null) {
            overrides.put(key, value.toString());
        }
    }

    private void announce(PaddockGateway gateway, SimulatedServers simulators) {
        terminal().result(common().json()
                ? new JsonObjectBuilder()
                        .put("base_url", gateway.baseUrl())
                        .put("upstream", gateway.upstream())
                        .toJson()
                : gateway.baseUrl());
        terminal().note("Relaying to " + gateway.upstream() + (simulators.isEmpty() ? "." : simulators.description() + "."));
        if (gateway.client().backends() != null) {
            terminal().note("Servers: " + gateway.baseUrl() + "/api/backends, or './paddock backends --gateway " + gateway.baseUrl() + "'.");
        }
        if (documents != null) {
            terminal().note("Documents: " + gateway.baseUrl() + "/api/documents; './paddock ask --gateway " + gateway.baseUrl()
                    + " QUESTION' answers from those that are indexed.");
        }
        terminal().note("Pool: " + gateway.baseUrl() + "/api/connection-pool/metrics, or './paddock pool --gateway "
                + gateway.baseUrl() + "'. Ctrl-C stops the gateway.");
    }

    private void log(List<String> lines) {
        try {
            terminal().result(String.join("\n", lines));
        } catch (OutputClosedException | OutputFailedException unwritable) {
            // The gateway keeps running without its log.
        }
    }
}
