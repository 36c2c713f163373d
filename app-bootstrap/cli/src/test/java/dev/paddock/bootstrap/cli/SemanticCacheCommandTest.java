package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SemanticCacheCommandTest {

    private final OllamaSimulator server = OllamaSimulator.start();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void cache_gatewayWithSemanticCache_showsItsRateOfFalseHits() {
        try (PaddockGateway gateway = start(Map.of("paddock.cache.enabled", "true", "paddock.semantic-cache.enabled", "true"))) {
            CliRun run = CliRun.of("cache", "--gateway", gateway.baseUrl());

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).contains(
                    "hits 0, misses 0",
                    "similar questions (shadow): served 0, explored 0, in shadow 0, answers 0, reported as wrong 0",
                    "false hits among audited answers: 0 of 0, 0.0% (95 %: 0.0% to 100.0%)");
            assertThat(CliRun.object(CliRun.of("cache", "--json", "--gateway", gateway.baseUrl()).json().get("semantic_cache")))
                    .containsEntry("mode", "shadow");
        }
    }

    @Test
    void cache_gatewayWithoutOne_hasNoLinesAboutIt() {
        try (PaddockGateway gateway = start(Map.of("paddock.cache.enabled", "true"))) {
            assertThat(CliRun.of("cache", "--gateway", gateway.baseUrl()).out()).contains("hits 0").doesNotContain("similar");
        }
    }

    private PaddockGateway start(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("paddock.base-url", server.baseUrl(), "paddock.gateway.port", "0"));
        all.putAll(settings);
        return PaddockGateway.start(
                GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withOverrides("test", all)),
                metrics -> AccessLog.ofLines(AccessLogFormat.TEXT, lines -> {}, metrics));
    }
}
