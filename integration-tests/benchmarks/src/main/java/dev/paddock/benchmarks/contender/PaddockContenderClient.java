package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paddock as an application has it, with its defaults: retries and their budget, circuits for the server and for the model,
 * limits on time in every phase, the pool with its limits and figures, the measurements of calls, of the pool and of
 * tokens. Only the profile of the pool is another one, which allows 50 connections instead of 20.
 */
final class PaddockContenderClient implements ContenderClient {

    private final Paddock paddock;

    PaddockContenderClient(Paddock paddock) {
        this.paddock = paddock;
    }

    static Paddock start(String base, String transport, String dialect) {
        return Paddock.builder().configuration(ConfigurationLoader.ofDefaults()
                .withOverrides("the benchmark", Map.of(
                        "paddock.base-url", base,
                        "paddock.transport", transport,
                        "paddock.dialect", dialect,
                        "paddock.pool.profile", "high-concurrency"))).build();
    }

    @Override
    public ChatResult chat() {
        ChatResponse response = paddock.llm().chat(question(BenchmarkRequests.MODEL));
        return new ChatResult(response.text(), count(response.completion().usage().prompt()),
                count(response.completion().usage().completion()));
    }

    @Override
    public StreamResult stream(String model) {
        StreamCollector collector = new StreamCollector();
        try (ResponseStream<ChatChunk> chunks = paddock.llm().chatStream(question(model))) {
            while (chunks.hasNext()) {
                ChatChunk chunk = chunks.next();
                collector.add(chunk.text());
                Completion completion = chunk.completion();
                if (completion != null) {
                    collector.end(count(completion.usage().completion()));
                }
            }
        }
        return collector.answer();
    }

    @Override
    public EmbedResult embed() {
        EmbedResponse response =
                paddock.llm().embed(EmbedRequest.of(BenchmarkRequests.MODEL, BenchmarkRequests.TEXTS.toArray(String[]::new)));
        float[] last = response.embeddings().getLast().vector();
        return EmbedResult.of(response, response.embeddings().size(), last);
    }

    @Override
    public void close() {
        paddock.close();
    }

    private static ChatRequest question(String model) {
        return ChatRequest.of(model, List.of(Message.system(BenchmarkRequests.SYSTEM), Message.user(BenchmarkRequests.USER)));
    }

    private static int count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}
