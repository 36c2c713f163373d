package dev.paddock.clients;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A gateway in front of a simulated server, as its clients see it. */
final class SimulatedGateway implements AutoCloseable {

    static final String MODEL = "llama3.2:latest";
    static final String EMBEDDING_MODEL = "nomic-embed-text:latest";
    static final int DIMENSIONS = 32;
    static final int TOKENS = 12;

    private final OllamaSimulator server;
    private final PaddockGateway gateway;

    private SimulatedGateway(OllamaSimulator server, PaddockGateway gateway) {
        this.server = server;
        this.gateway = gateway;
    }

    static SimulatedGateway start() {
        return start(Duration.ZERO, TOKENS);
    }

    /** Starts a gateway whose server takes its time for each token. */
    static SimulatedGateway start(Duration tokenInterval, int tokensPerAnswer) {
        SimulatorSettings settings = SimulatorSettings.builder()
                .models(List.of(
                        SimulatedModel.named(MODEL), SimulatedModel.embedding(EMBEDDING_MODEL, DIMENSIONS)))
                .promptTime(Duration.ZERO)
                .loadTime(Duration.ZERO)
                .tokenInterval(tokenInterval)
                .tokensPerAnswer(tokensPerAnswer)
                .parallel(4)
                .build();
        OllamaSimulator server = OllamaSimulator.start(settings);
        return new SimulatedGateway(server, gateway(server));
    }

    /** Returns the base URL that clients are given. */
    String url() {
        return gateway.baseUrl();
    }

    OllamaSimulator server() {
        return server;
    }

    @Override
    public void close() {
        gateway.close();
        server.close();
    }

    private static PaddockGateway gateway(OllamaSimulator server) {
        return PaddockGateway.start(ConfigurationLoader.ofDefaults()
                .withOverrides("test", Map.of("paddock.base-url", server.baseUrl(), "paddock.gateway.port", "0")));
    }
}
