package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the gateway until the process is told to stop. */
@Command(
        name = "serve",
        description = "Puts a gateway in front of a model server: clients change only their base URL, and the pool can be seen. "
                + "Prints its base URL, then a line for each request, and stays until it is stopped (Ctrl-C): requests that "
                + "are under way may end then; a second Ctrl-C ends it at once.")
final class ServeCommand implements Callable<Integer> {

    @Mixin private final ServeOptions options = new ServeOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    ServeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (ProcessSignals signals = ProcessSignals.listen();
                ServedBackend backend = options.backend();
                PaddockGateway gateway = start(backend)) {
            announce(gateway, backend);
            signals.await();
            context.terminal().note("Stopping: no more requests are taken.");
            tellCut(gateway.drain());
        }
        return ExitStatus.OK.code();
    }

    private PaddockGateway start(ServedBackend backend) {
        ConfigurationLoader loader = ConfigurationLoader.ofProcess()
                .withEnvironment(context.environment())
                .withTransports(Transports.names())
                .withOverrides("command line", options.overrides(backend));
        try {
            return PaddockGateway.start(GatewayConfiguration.load(loader), metrics -> AccessLog.ofLines(this::log, metrics));
        } catch (UncheckedIOException taken) {
            throw new CommandFailedException(
                    "the gateway cannot listen there: " + taken.getMessage(),
                    "Choose another port; --port 0 takes a free one.");
        }
    }

    private void announce(PaddockGateway gateway, ServedBackend backend) {
        Terminal terminal = context.terminal();
        terminal.result(common.json()
                ? new JsonObjectBuilder()
                        .put("base_url", gateway.baseUrl())
                        .put("upstream", gateway.upstream())
                        .toJson()
                : gateway.baseUrl());
        terminal.note("Relaying to " + gateway.upstream() + backend.remark() + ".");
        terminal.note("The pool: " + gateway.baseUrl() + "/api/connection-pool/metrics, or './paddock pool --gateway "
                + gateway.baseUrl() + "'. Ctrl-C ends it.");
        if (gateway.isExposedWithoutKey()) {
            terminal.note("Other machines can reach it, and no key is asked for: set paddock.gateway.access.key-hashes.");
        }
    }

    private void log(List<String> lines) {
        try {
            context.terminal().result(String.join("\n", lines));
        } catch (OutputClosedException nobodyReads) {
            // Whoever read the log has left; that is no reason to stop serving.
        }
    }

    private void tellCut(int cut) {
        context.terminal().note(cut == 0
                ? "Stopped; every request has ended."
                : "Stopped; " + cut + " requests took too long and were ended.");
    }
}
