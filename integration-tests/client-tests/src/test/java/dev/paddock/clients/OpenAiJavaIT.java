package dev.paddock.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own client, which knows nothing of a gateway, nor of Ollama. */
class OpenAiJavaIT {

    private final SimulatedGateway front = SimulatedGateway.start();
    private final OpenAIClient client =
            OpenAIOkHttpClient.builder().baseUrl(front.url() + "/v1").apiKey("unused").build();

    @AfterEach
    void close() {
        client.close();
        front.close();
    }

    @Test
    void chat_question_isAnswered() {
        ChatCompletion completion = client.chat().completions().create(question(SimulatedGateway.MODEL));

        assertThat(completion.choices().getFirst().message().content().orElseThrow()).isNotBlank();
        assertThat(completion.usage().orElseThrow().completionTokens()).isPositive();
    }

    @Test
    void chat_stream_arrivesInPieces() {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(question(SimulatedGateway.MODEL))) {
            List<String> pieces = stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .filter(piece -> !piece.isEmpty())
                    .toList();

            assertThat(pieces).hasSizeGreaterThan(1);
        }
    }

    @Test
    void embeddings_texts_areEmbedded() {
        CreateEmbeddingResponse response = client.embeddings().create(EmbeddingCreateParams.builder()
                .model(SimulatedGateway.EMBEDDING_MODEL)
                .inputOfArrayOfStrings(List.of("one", "two"))
                .build());

        assertThat(response.data())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.embedding()).hasSize(SimulatedGateway.DIMENSIONS));
    }

    @Test
    void models_listed_areThoseOfTheServer() {
        assertThat(client.models().list().data())
                .extracting(Model::id)
                .containsExactlyInAnyOrder(SimulatedGateway.MODEL, SimulatedGateway.EMBEDDING_MODEL);
    }

    @Test
    void chat_modelMissing_isSaidAsTheServerSaysIt() {
        assertThatThrownBy(() -> client.chat().completions().create(question("missing")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("missing");
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Why is the sky blue?")
                .build();
    }
}
