package dev.paddock.example.spring;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** A model server in a process of its own, for {@code start-cost}. It prints its URL and ends with its standard input. */
public final class ModelServer {

    private ModelServer() {}

    /** Serves. */
    public static void main(String[] arguments) throws IOException {
        SimulatorSettings atOnce = SimulatorSettings.builder().tokensPerAnswer(1).tokenInterval(Duration.ZERO).loadTime(Duration.ZERO).build();
        try (OllamaSimulator server = OllamaSimulator.start(atOnce)) {
            System.out.println(server.baseUrl());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
