package dev.paddock.ports.llm.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
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
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of complete answers that a server computed for their caller, as the server counted them. Answers from a cache and shared
 * answers are not counted: the server computed them once, for another call. Thread-safe.
 */
public final class TokenCountingLlmPort implements LlmPort {

    private final LlmPort delegate;
    private final MetricsPort metrics;
    private final boolean reusesAnswers;

    /** Creates the decorator of a port whose answers all are computed for their calls. */
    public TokenCountingLlmPort(LlmPort delegate, MetricsPort metrics) {
        this(delegate, metrics, false);
    }

    /**
     * Creates the decorator of the given port.
     *
     * @param reusesAnswers whether answers may come from a cache or be shared
     */
    public TokenCountingLlmPort(LlmPort delegate, MetricsPort metrics, boolean reusesAnswers) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.metrics = requireNonNull(metrics, "metrics");
        this.reusesAnswers = reusesAnswers;
    }

    @Override
    public ChatResponse chat(ChatRequest request, CallContext context) {
        Origin origin = origin(context);
        ChatResponse response = delegate.chat(request, origin.watch(context));
        count(Operation.CHAT, origin, response.completion().usage());
        return response;
    }

    @Override
    public ResponseStream<ChatChunk> chatStream(ChatRequest request, CallContext context) {
        Origin origin = origin(context);
        return counting(Operation.CHAT, origin, delegate.chatStream(request, origin.watch(context)), ChatChunk::completion);
    }

    @Override
    public GenerateResponse generate(GenerateRequest request, CallContext context) {
        Origin origin = origin(context);
        GenerateResponse response = delegate.generate(request, origin.watch(context));
        count(Operation.GENERATE, origin, response.completion().usage());
        return response;
    }

    @Override
    public ResponseStream<GenerateChunk> generateStream(GenerateRequest request, CallContext context) {
        Origin origin = origin(context);
        return counting(
                Operation.GENERATE, origin, delegate.generateStream(request, origin.watch(context)), GenerateChunk::completion);
    }

    @Override
    public EmbedResponse embed(EmbedRequest request, CallContext context) {
        Origin origin = origin(context);
        EmbedResponse response = delegate.embed(request, origin.watch(context));
        count(Operation.EMBED, origin, response.usage());
        return response;
    }

    private Origin origin(CallContext context) {
        return reusesAnswers ? new Origin(context.get(CallAttributes.ON_PROVENANCE)) : Origin.SERVER;
    }

    private <T> ResponseStream<T> counting(
            Operation operation, Origin origin, ResponseStream<T> stream, Function<T, @Nullable Completion> completionOf) {
        return new ObservedStream<>(stream, piece -> {
            Completion completion = completionOf.apply(piece);
            if (completion != null) {
                count(operation, origin, completion.usage());
            }
        });
    }

    private void count(Operation operation, Origin origin, TokenUsage usage) {
        if (!origin.isReused) {
            count(operation, "prompt", usage.prompt());
            count(operation, "completion", usage.completion());
        }
    }

    private void count(Operation operation, String direction, @Nullable Integer tokens) {
        if (tokens != null && tokens > 0) {
            metrics.count(CallMetrics.TOKENS.with(operation.label(), direction), tokens);
        }
    }

    /** Notes whether an answer was computed for its call, and tells the listener of the caller. */
    private static final class Origin implements Consumer<Provenance> {

        /** The origin of answers that are all computed for their calls: nothing is noted. */
        static final Origin SERVER = new Origin(null);

        private final @Nullable Consumer<Provenance> listener;
        private volatile boolean isReused;

        private Origin(@Nullable Consumer<Provenance> listener) {
            this.listener = listener;
        }

        CallContext watch(CallContext context) {
            return this == SERVER ? context : context.with(CallAttributes.ON_PROVENANCE, this);
        }

        @Override
        public void accept(Provenance provenance) {
            isReused = provenance.source() == Provenance.Source.CACHE || provenance.source() == Provenance.Source.COALESCED;
            if (listener != null) {
                listener.accept(provenance);
            }
        }
    }
}
