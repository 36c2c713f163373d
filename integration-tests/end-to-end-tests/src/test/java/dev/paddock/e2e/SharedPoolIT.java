package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.testsupport.Eventually;
import org.junit.jupiter.api.Test;

/** Several clients in one process share what they can, and no more. */
class SharedPoolIT extends OverEveryTransport {

    private static final ChatRequest CHAT = ChatRequest.of("llama3.2", "hello");

    @Test
    void another_sameServerAndSettings_usesTheSameConnectionsWhichTheLastToCloseCloses() {
        try (OllamaSimulator server = OllamaSimulator.start()) {
            Paddock first = start(server.baseUrl());
            Paddock second = first.another(first.settings());
            first.llm().chat(CHAT);
            second.llm().chat(CHAT);
            assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
            assertThat(second.pool().pools()).hasSize(1);

            first.close();

            assertThatExceptionOfType(ClientClosedException.class)
                    .isThrownBy(() -> first.llm().chat(CHAT));
            second.llm().chat(CHAT);
            assertThat(server.counters().connectionsAccepted()).isEqualTo(1);

            second.close();

            assertThat(second.pool().pools()).isEmpty();
            Eventually.await("the server sees the end", () -> server.counters().connectionsOpen() == 0);
        }
    }

    @Test
    void another_otherServer_hasItsOwnConnectionsInTheSamePool() {
        try (OllamaSimulator here = OllamaSimulator.start();
                OllamaSimulator there = OllamaSimulator.start();
                Paddock first = start(here.baseUrl());
                Paddock second = first.another(first.settings()
                        .withServer(first.settings().server().withBaseUrl(BaseUrl.parse(there.baseUrl()))))) {
            first.llm().chat(CHAT);
            second.llm().chat(CHAT);

            assertThat(here.counters().requests()).isEqualTo(1);
            assertThat(there.counters().requests()).isEqualTo(1);
            assertThat(first.pool().pools())
                    .extracting(pool -> pool.endpoint())
                    .containsExactlyInAnyOrder(here.baseUrl(), there.baseUrl());
        }
    }
}
