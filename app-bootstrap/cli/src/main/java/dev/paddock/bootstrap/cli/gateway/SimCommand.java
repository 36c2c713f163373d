package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.terminal.StopSignal;
import dev.paddock.domain.exchange.Cancellation;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the simulator until the process is stopped. */
@Command(
        name = "sim",
        description = "Simulates an Ollama server, for tests and demonstrations. Prints its base URL and runs "
                + "until Ctrl-C.")
public final class SimCommand extends CliCommand {

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "The address to listen on: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "11436",
            description = "The port, 0 for a free one: ${DEFAULT-VALUE}. Ollama uses 11434, the gateway 11435.")
    private int port;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "A model of the simulator; may be repeated. The default is one model each for chat, "
                    + "reasoning, embedding and images.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--connection-cost",
            paramLabel = "DURATION",
            defaultValue = "0",
            description = "Delay of the first request of a connection, which simulates a network and TLS: "
                    + "${DEFAULT-VALUE}.")
    private Duration connectionCost = Duration.ZERO;

    @Option(
            names = "--token-interval",
            paramLabel = "DURATION",
            defaultValue = "30ms",
            description = "The time between two tokens: ${DEFAULT-VALUE}.")
    private Duration tokenInterval = Duration.ZERO;

    @Option(
            names = "--prompt-time",
            paramLabel = "DURATION",
            defaultValue = "200ms",
            description = "The time to read a prompt: ${DEFAULT-VALUE}.")
    private Duration promptTime = Duration.ZERO;

    @Option(
            names = "--load-time",
            paramLabel = "DURATION",
            defaultValue = "1s",
            description = "The time to load a model: ${DEFAULT-VALUE}.")
    private Duration loadTime = Duration.ZERO;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "Concurrent answers of each model: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--max-queue",
            paramLabel = "N",
            defaultValue = "512",
            description = "Requests that wait while a model loads; further ones get status 503: ${DEFAULT-VALUE}.")
    private int maxQueue;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "40",
            description = "Tokens in an answer: ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--style",
            paramLabel = "new|old",
            defaultValue = "new",
            description = "The generation of servers that is simulated: ${DEFAULT-VALUE}.")
    private OllamaRelease style = OllamaRelease.NEW;

    @Override
    protected ExitStatus run() {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        try (StopSignal signal = StopSignal.listen(Cancellation.create());
                OllamaSimulator simulator = start()) {
            signal.cancellation().onCancel(() -> stopped.complete(null));
            announce(simulator);
            stopped.join();
        }
        return ExitStatus.CANCELLED;
    }

    private OllamaSimulator start() {
        try {
            return OllamaSimulator.start(settings());
        } catch (UncheckedIOException taken) {
            throw new CommandFailedException(
                    "the simulator cannot listen: " + taken.getMessage(),
                    "Choose another --host or --port; --port 0 selects a free port.");
        }
    }

    private void announce(OllamaSimulator simulator) {
        terminal().result(common().json()
                ? new JsonObjectBuilder()
                        .put("base_url", simulator.baseUrl())
                        .put("models", modelNames())
                        .toJson()
                : simulator.baseUrl());
        terminal().note("Simulating an Ollama server with the models " + String.join(", ", modelNames())
                + ". Ctrl-C stops it.");
    }

    /** Returns the settings of the options; a value out of range is wrong usage. */
    SimulatorSettings settings() {
        try {
            return SimulatorSettings.builder()
                    .host(host)
                    .port(port)
                    .models(simulatedModels())
                    .connectionCost(connectionCost)
                    .tokenInterval(tokenInterval)
                    .promptTime(promptTime)
                    .loadTime(loadTime)
                    .parallel(parallel)
                    .maxQueue(maxQueue)
                    .tokensPerAnswer(tokens)
                    .release(style)
                    .build();
        } catch (IllegalArgumentException outOfRange) {
            throw new UsageException("invalid option of the simulator: " + outOfRange.getMessage());
        }
    }

    private List<String> modelNames() {
        return simulatedModels().stream().map(SimulatedModel::name).toList();
    }

    private List<SimulatedModel> simulatedModels() {
        return models.isEmpty()
                ? SimulatedModel.defaults()
                : models.stream().map(SimulatedModel::named).toList();
    }
}
