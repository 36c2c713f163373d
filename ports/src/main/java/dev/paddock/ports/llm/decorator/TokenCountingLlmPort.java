package dev.paddock.ports.llm.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of complete answers, as the server counted them.
 *
 * <p>Placed outside a cache it counts answers given, placed inside it counts tokens computed. Thread-safe.
 */
public final class TokenCountingLlmPort implements LlmPort {

    private final LlmPort delegate;
    private final MetricsPort metrics;

    /** Creates the decorator of the given port. */
    public TokenCountingLlmPort(LlmPort delegate, MetricsPort metrics) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.metrics = requireNonNull(metrics, "metrics");
    }

    @Override
    public ChatResponse chat(ChatRequest request, CallContext context) {
        ChatResponse response = delegate.chat(request, context);
        count(Operation.CHAT, response.completion().usage());
        return response;
    }

    @Override
    public ResponseStream<ChatChunk> chatStream(ChatRequest request, CallContext context) {
        return counting(Operation.CHAT, delegate.chatStream(request, context), ChatChunk::completion);
    }

    @Override
    public GenerateResponse generate(GenerateRequest request, CallContext context) {
        GenerateResponse response = delegate.generate(request, context);
        count(Operation.GENERATE, response.completion().usage());
        return response;
    }

    @Override
    public ResponseStream<GenerateChunk> generateStream(GenerateRequest request, CallContext context) {
        return counting(Operation.GENERATE, delegate.generateStream(request, context), GenerateChunk::completion);
    }

    @Override
    public EmbedResponse embed(EmbedRequest request, CallContext context) {
        EmbedResponse response = delegate.embed(request, context);
        count(Operation.EMBED, response.usage());
        return response;
    }

    private <T> ResponseStream<T> counting(
            Operation operation, ResponseStream<T> stream, Function<T, @Nullable Completion> completionOf) {
        return new ObservedStream<>(stream, piece -> {
            Completion completion = completionOf.apply(piece);
            if (completion != null) {
                count(operation, completion.usage());
            }
        });
    }

    private void count(Operation operation, TokenUsage usage) {
        count(operation, "prompt", usage.prompt());
        count(operation, "completion", usage.completion());
    }

    private void count(Operation operation, String direction, @Nullable Integer tokens) {
        if (tokens != null && tokens > 0) {
            metrics.count(CallMetrics.TOKENS.with(operation.label(), direction), tokens);
        }
    }
}
