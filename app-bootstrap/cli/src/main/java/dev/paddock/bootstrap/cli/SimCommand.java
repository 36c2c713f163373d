package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.domain.exchange.Cancellation;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the simulator until the process is told to stop. */
@Command(
        name = "sim",
        description = "Simulates an Ollama server, for trying things out without one. Prints its base URL and "
                + "stays until it is stopped (Ctrl-C).")
final class SimCommand implements Callable<Integer> {

    @Mixin private final SimulatorOptions options = new SimulatorOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    SimCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        try (StopSignal signal = StopSignal.listen(Cancellation.create());
                OllamaSimulator simulator = start()) {
            signal.cancellation().onCancel(() -> stopped.complete(null));
            announce(simulator);
            stopped.join();
        }
        return ExitStatus.CANCELLED.code();
    }

    private OllamaSimulator start() {
        try {
            return OllamaSimulator.start(options.settings());
        } catch (UncheckedIOException taken) {
            throw new CommandFailedException(
                    "the simulator cannot listen there: " + taken.getMessage(),
                    "Choose another port; --port 0 takes a free one.");
        }
    }

    private void announce(OllamaSimulator simulator) {
        Terminal terminal = context.terminal();
        terminal.result(common.json()
                ? new JsonObjectBuilder()
                        .put("base_url", simulator.baseUrl())
                        .put("models", options.modelNames())
                        .toJson()
                : simulator.baseUrl());
        terminal.note("Simulating an Ollama server with the models " + String.join(", ", options.modelNames())
                + ". Ctrl-C ends it.");
    }
}
