package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import org.junit.jupiter.api.Test;

class SessionFactoryTest {

    @Test
    void chat_throughTheFacade_isAnswered() {
        try (OllamaSimulator server = OllamaSimulator.start()) {
            CliRun run = new CliRun()
                    .withSessions(SessionFactory.ofProcess())
                    .run("chat", "-m", "llama3.2", "--base-url", server.baseUrl(), "--transport", "apache5", "Hello");

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(server.counters().requestsTo("/api/chat")).isEqualTo(1);
        }
    }

    @Test
    void models_unknownTransport_isAProblemOfTheConfiguration() {
        CliRun run = new CliRun().withSessions(SessionFactory.ofProcess()).run("models", "--transport", "pigeon");

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("paddock.transport").contains("command line").doesNotContain("\tat ");
    }

    @Test
    void models_unknownTransportAndJson_isToldAsJson() {
        CliRun run = new CliRun().withSessions(SessionFactory.ofProcess()).run("models", "--json", "--transport", "pigeon");

        assertThat(run.jsonError().get("kind")).isEqualTo("configuration");
        assertThat(run.jsonError().get("exit_status")).isEqualTo(3);
    }
}
