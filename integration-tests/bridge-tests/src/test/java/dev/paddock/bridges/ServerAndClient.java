package dev.paddock.bridges;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.BaseUrl;
import java.time.Duration;
import java.util.List;

/** A simulated model server, and a client of Paddock to it. */
record ServerAndClient(OllamaSimulator server, Paddock paddock) implements AutoCloseable {

    static final String MODEL = "llama3.2";
    static final String EMBEDDING_MODEL = "nomic-embed-text";
    static final int DIMENSIONS = 32;

    static ServerAndClient start() {
        return start(12, Duration.ZERO);
    }

    static ServerAndClient start(int tokens, Duration tokenInterval) {
        OllamaSimulator server = OllamaSimulator.start(SimulatorSettings.builder()
                .models(List.of(SimulatedModel.named(MODEL), SimulatedModel.embedding(EMBEDDING_MODEL, DIMENSIONS)))
                .promptTime(Duration.ZERO)
                .loadTime(Duration.ZERO)
                .tokensPerAnswer(tokens)
                .tokenInterval(tokenInterval)
                .parallel(4)
                .build());
        Paddock paddock = Paddock.builder()
                .set("paddock.base-url", server.baseUrl())
                .set("paddock.retry.backoff", "1ms")
                .set("paddock.timeouts.lookup", "20s")
                .build();
        return new ServerAndClient(server, paddock);
    }

    String url() {
        return server.baseUrl();
    }

    BaseUrl baseUrl() {
        return paddock.settings().server().baseUrl();
    }

    @Override
    public void close() {
        paddock.close();
        server.close();
    }
}
