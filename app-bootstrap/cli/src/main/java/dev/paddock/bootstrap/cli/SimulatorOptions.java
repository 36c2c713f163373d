package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say how the simulator behaves. */
final class SimulatorOptions {

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where it listens: ${DEFAULT-VALUE}.")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "11436",
            description = "The port, 0 for a free one: ${DEFAULT-VALUE}; Ollama itself has 11434, the gateway 11435.")
    private int port;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "A model that it has; may be repeated. Without any it has one each for chat, "
                    + "reasoning, embedding and images.")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--connection-cost",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "0",
            description = "What the first request of a connection takes longer, as a network and TLS would: "
                    + "${DEFAULT-VALUE}.")
    private Duration connectionCost = Duration.ZERO;

    @Option(
            names = "--token-interval",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "30ms",
            description = "The time between two tokens: ${DEFAULT-VALUE}.")
    private Duration tokenInterval = Duration.ZERO;

    @Option(
            names = "--prompt-time",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "200ms",
            description = "The time to read a prompt: ${DEFAULT-VALUE}.")
    private Duration promptTime = Duration.ZERO;

    @Option(
            names = "--load-time",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "1s",
            description = "The time to load a model: ${DEFAULT-VALUE}.")
    private Duration loadTime = Duration.ZERO;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "1",
            description = "Answers at the same time for each model: ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--max-queue",
            paramLabel = "N",
            defaultValue = "512",
            description = "Requests that may wait for a model to load; the next one gets a 503: ${DEFAULT-VALUE}.")
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
            description = "Which generation of servers it resembles: ${DEFAULT-VALUE}.")
    private OllamaRelease style = OllamaRelease.NEW;

    /** Returns the settings; that one of them is out of range is wrong usage. */
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
            throw new UsageException("the simulator cannot be set up so: " + outOfRange.getMessage());
        }
    }

    List<String> modelNames() {
        return simulatedModels().stream().map(SimulatedModel::name).toList();
    }

    private List<SimulatedModel> simulatedModels() {
        return models.isEmpty()
                ? SimulatedModel.defaults()
                : models.stream().map(SimulatedModel::named).toList();
    }
}
