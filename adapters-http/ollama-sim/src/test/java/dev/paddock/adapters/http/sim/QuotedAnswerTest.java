package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations about quoted texts. */
class QuotedAnswerTest {
    private static final String QUOTED = "[1] a.md\\n> # Gates\\n> The gate opens at dawn. Horses sleep\\n> in the stable.\\n\\n"
        + "[2] b.md\\n> Where hay is stored in barns\\n>\\n> - Grass is mown in June.\\n> - Hay is stored in the barn.\\n"
        + "> | hay | is stored where it is dry. |\\n";

    private final OllamaSimulator simulator = OllamaSimulator.start(SimulatorSettings.builder().build());

    @AfterEach
    void close() {
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "When does the gate open?|The gate opens at dawn. [1]",
        "Where do the horses sleep?|Horses sleep in the stable. [1]",
        "what about storing hay|Hay is stored in the barn. [2]",
        "Who wrote Faust?|The quoted texts do not answer this question.",
    })
    void chat_aboutQuotedTexts_saysTheSentenceThatFits(String question, String answer) throws IOException {
        assertThat(ask("/api/chat", QUOTED, question)).contains("\"content\":\"" + answer + "\"");
        assertThat(ask("/v1/chat/completions", QUOTED, question)).contains("\"content\":\"" + answer + "\"");
    }

    @Test
    void chat_quotationInTheLastMessageOnly_isAnsweredAsAnyOther() throws IOException {
        assertThat(ask("/api/chat", "no quotation", "> The gate opens at dawn.")).doesNotContain("dawn.\"", "quoted texts");
    }

    private String ask(String path, String earlier, String question) throws IOException {
        String body = "{\"model\":\"llama3.2\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"" + earlier
            + "\"},{\"role\":\"assistant\",\"content\":\"ok\"},{\"role\":\"user\",\"content\":\"" + question + "\"}]}";
        try (RawClient client = new RawClient(simulator.port())) {
            return client.postJson(path, body).response().body();
        }
    }
}
