package dev.paddock.benchmarks.contender;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** LangChain4j with its defaults, over the transport that it is given. */
final class LangChain4jContenderClient implements ContenderClient {

    private final OllamaChatModel chat;
    private final OllamaStreamingChatModel stream;
    private final OllamaEmbeddingModel embed;

    LangChain4jContenderClient(String base, HttpClientBuilder transport) {
        chat = OllamaChatModel.builder()
                .baseUrl(base)
                .modelName(BenchmarkRequests.MODEL)
                .httpClientBuilder(transport)
                .build();
        stream = OllamaStreamingChatModel.builder()
                .baseUrl(base)
                .modelName(BenchmarkRequests.MODEL)
                .httpClientBuilder(transport)
                .build();
        embed = OllamaEmbeddingModel.builder()
                .baseUrl(base)
                .modelName(BenchmarkRequests.MODEL)
                .httpClientBuilder(transport)
                .build();
    }

    @Override
    public ChatResult chat() {
        ChatResponse response = chat.chat(question(BenchmarkRequests.MODEL));
        return new ChatResult(response.aiMessage().text(), response.tokenUsage().inputTokenCount(),
                response.tokenUsage().outputTokenCount());
    }

    @Override
    public StreamResult stream(String model) {
        LangChain4jStream pieces = new LangChain4jStream();
        stream.chat(question(model), pieces);
        return pieces.await();
    }

    @Override
    public EmbedResult embed() {
        List<Embedding> vectors = embed.embedAll(BenchmarkRequests.TEXTS.stream().map(TextSegment::from).toList()).content();
        float[] last = vectors.getLast().vector();
        return EmbedResult.of(vectors, vectors.size(), last);
    }

    private static ChatRequest question(String model) {
        return ChatRequest.builder()
                .modelName(model)
                .messages(SystemMessage.from(BenchmarkRequests.SYSTEM), UserMessage.from(BenchmarkRequests.USER))
                .build();
    }

    /** Collects the chunks of a stream while the caller waits. */
    private static final class LangChain4jStream implements StreamingChatResponseHandler {

        private final StreamCollector collector = new StreamCollector();
        private final CompletableFuture<StreamResult> answer = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String chunk) {
            collector.add(chunk);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            collector.end(response.tokenUsage().outputTokenCount());
            answer.complete(collector.answer());
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        StreamResult await() {
            return answer.join();
        }
    }
}
