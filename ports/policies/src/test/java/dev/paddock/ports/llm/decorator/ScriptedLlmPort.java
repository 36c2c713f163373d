package dev.paddock.ports.llm.decorator;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;

/** Answers everything with the same usage, streams in two pieces; or refuses everything. */
final class ScriptedLlmPort implements LlmPort {

    private final TokenUsage usage;
    private final boolean busy;
    private ScriptedStream<?> lastStream;
    private CallContext lastContext;

    private ScriptedLlmPort(TokenUsage usage, boolean busy) {
        this.usage = usage;
        this.busy = busy;
    }

    static ScriptedLlmPort answering(TokenUsage usage) {
        return new ScriptedLlmPort(usage, false);
    }

    static ScriptedLlmPort refusing() {
        return new ScriptedLlmPort(TokenUsage.UNKNOWN, true);
    }

    ScriptedStream<?> lastStream() {
        return lastStream;
    }

    CallContext lastContext() {
        return lastContext;
    }

    @Override
    public ChatResponse chat(ChatRequest request, CallContext context) {
        begin(context);
        return new ChatResponse("m", null, Message.assistant("a"), List.of(), completion());
    }

    @Override
    public ResponseStream<ChatChunk> chatStream(ChatRequest request, CallContext context) {
        begin(context);
        return remember(new ScriptedStream<>(List.of(
                new ChatChunk("m", null, Message.assistant("a"), List.of(), null),
                new ChatChunk("m", null, Message.assistant("b"), List.of(), completion()))));
    }

    @Override
    public GenerateResponse generate(GenerateRequest request, CallContext context) {
        begin(context);
        return new GenerateResponse("m", null, output(), List.of(), completion());
    }

    @Override
    public ResponseStream<GenerateChunk> generateStream(GenerateRequest request, CallContext context) {
        begin(context);
        return remember(new ScriptedStream<>(List.of(
                new GenerateChunk("m", null, output(), List.of(), null),
                new GenerateChunk("m", null, output(), List.of(), completion()))));
    }

    @Override
    public EmbedResponse embed(EmbedRequest request, CallContext context) {
        begin(context);
        return new EmbedResponse("m", List.of(), usage, Timings.UNKNOWN);
    }

    private void begin(CallContext context) {
        lastContext = context;
        if (busy) {
            throw new ServerBusyException("full", ErrorFacts.NONE);
        }
    }

    private <T> ResponseStream<T> remember(ScriptedStream<T> stream) {
        lastStream = stream;
        return stream;
    }

    private Completion completion() {
        return new Completion("stop", usage, Timings.UNKNOWN);
    }

    private static GenerateOutput output() {
        return new GenerateOutput("a", null, List.of(), null);
    }
}
