package dev.paddock.benchmarks.reuse;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The clients that are measured, and their requests, whose answers can be stored. */
final class ReuseClients {

    private static final GenerationSettings EXACT =
            GenerationSettings.builder().options(ModelOptions.NONE.withTemperature(0)).build();

    private static final long FIRST_QUESTION = 10_000_000_000L; // its successors have as many digits

    private ReuseClients() {}

    /** Starts a typed client with its defaults, but for the given settings, each {@code key=value}. */
    static Paddock start(int serverPort, String... settings) {
        return Paddock.start(ConfigurationLoader.ofDefaults()
                .withOverrides("the benchmark", settings("http://127.0.0.1:" + serverPort, List.of(settings))));
    }

    /** Returns the settings of a client or a gateway in front of a server. */
    static Map<String, String> settings(String baseUrl, List<String> settings) {
        Map<String, String> overrides = new HashMap<>(Map.of("paddock.base-url", baseUrl));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            overrides.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return overrides;
    }

    /** Returns a question; all have the same length, and the same number is an equal request. */
    static ChatRequest chat(long question) {
        return ChatRequest.of("bench", words(question)).withSettings(EXACT);
    }

    /** Returns the same request as the body of {@code /api/chat}. */
    static String json(long question, boolean stream) {
        return "{\"model\":\"bench\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words(question) + "\"}],\"stream\":" + stream
                + ",\"options\":{\"temperature\":0}}";
    }

    private static String words(long question) {
        return "Question " + (FIRST_QUESTION + question) + ": why is the sky blue, and why does it turn red when the sun goes down?";
    }
}
