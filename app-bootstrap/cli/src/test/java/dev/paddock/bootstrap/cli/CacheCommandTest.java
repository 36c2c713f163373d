package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheCommandTest {

    private static final ChatRequest QUESTION = ChatRequest.of("llama3.2", "Hello");
    private static final ChatRequest COLD = QUESTION.withSettings(
            GenerationSettings.builder().options(ModelOptions.NONE.withTemperature(0)).build());

    private final OllamaSimulator server = OllamaSimulator.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void cache_afterSomeCalls_isAFewLines() {
        try (Paddock paddock = client("true");
                StubGateway gateway = StubGateway.of(paddock)) {
            paddock.llm().chat(COLD);
            paddock.llm().chat(COLD);
            paddock.llm().chat(QUESTION);

            CliRun run = CliRun.of("cache", "--gateway", gateway.url());

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out().lines().toList()).satisfiesExactly(
                    line -> assertThat(line).isEqualTo("hits 1, misses 1, hit rate 50.0%"),
                    line -> assertThat(line).isEqualTo("not served: sampled 1"),
                    line -> assertThat(line).matches("answers 1, 0\\.0 MiB of 64\\.0 MiB, evicted 0, expired 0"),
                    line -> assertThat(line).matches("saved \\d+\\.\\d s, tokens \\d+ of prompts and \\d+ of answers"));
            assertThat(CliRun.object(CliRun.of("cache", "--json", "--gateway", gateway.url()).json().get("generation_cache")))
                    .containsEntry("hits", 1);
        }
    }

    @Test
    void cache_gatewayWithoutOne_saysHowToStartIt() {
        try (Paddock paddock = client("false");
                StubGateway gateway = StubGateway.of(paddock)) {
            assertThat(CliRun.of("cache", "--gateway", gateway.url()).out()).contains("has no cache", "--cache");
        }
    }

    private Paddock client(String enabled) {
        return Paddock.start(ConfigurationLoader.ofDefaults()
                .withOverrides("test", Map.of("paddock.base-url", server.baseUrl(), "paddock.cache.enabled", enabled)));
    }
}
