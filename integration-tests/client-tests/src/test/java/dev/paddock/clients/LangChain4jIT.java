package dev.paddock.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's module for Ollama, which knows nothing of a gateway. */
class LangChain4jIT {

    private final SimulatedGateway front = SimulatedGateway.start();

    @AfterEach
    void close() {
        front.close();
    }

    @Test
    void chat_question_isAnswered() throws Exception {
        OllamaChatModel model = OllamaChatModel.builder().baseUrl(front.url()).modelName(SimulatedGateway.MODEL).build();

        assertThat(model.chat("Why is the sky blue?")).isNotBlank();
        assertThat(front.server().awaitCounters(counters -> counters.requestsTo("/") == 1, Duration.ofSeconds(30))).isTrue();
        long connections = front.server().counters().connectionsAccepted(); // the gateway itself asks its server when it starts
        assertThat(model.chat("And at night?")).isNotBlank();
        assertThat(front.server().counters().requestsTo("/api/chat")).isEqualTo(2);
        assertThat(front.server().counters().connectionsAccepted()).isEqualTo(connections);
    }

    @Test
    void chat_stream_arrivesInPieces() throws Exception {
        OllamaStreamingChatModel model =
                OllamaStreamingChatModel.builder().baseUrl(front.url()).modelName(SimulatedGateway.MODEL).build();
        Answer answer = new Answer();

        model.chat("Why is the sky blue?", answer);

        ChatResponse whole = answer.whole.get(20, TimeUnit.SECONDS);
        assertThat(whole.aiMessage().text()).isEqualTo(String.join("", answer.pieces));
        assertThat(answer.pieces).hasSizeGreaterThan(1);
        assertThat(whole.tokenUsage().outputTokenCount()).isPositive();
    }

    @Test
    void embed_texts_areEmbedded() {
        OllamaEmbeddingModel model =
                OllamaEmbeddingModel.builder().baseUrl(front.url()).modelName(SimulatedGateway.EMBEDDING_MODEL).build();

        List<Embedding> embeddings = model.embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")))
                .content();

        assertThat(embeddings).hasSize(2).allSatisfy(one -> assertThat(one.dimension()).isEqualTo(SimulatedGateway.DIMENSIONS));
    }

    @Test
    void chat_modelMissing_isSaidAsTheServerSaysIt() {
        OllamaChatModel model =
                OllamaChatModel.builder().baseUrl(front.url()).modelName("missing").maxRetries(0).build();

        assertThatThrownBy(() -> model.chat("Hello"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("missing");
    }

    private static final class Answer implements StreamingChatResponseHandler {

        private final Queue<String> pieces = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }
    }
}
