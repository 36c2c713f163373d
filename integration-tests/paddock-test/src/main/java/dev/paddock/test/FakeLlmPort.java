package dev.paddock.test;

import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Vectors;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.ports.llm.LlmPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An {@link LlmPort} in memory, without server and HTTP, whose answers a test chooses.
 *
 * <p>Streams, cancellation, deadlines and failures are as with a client: an error status is the failure that a client makes of it. There
 * are no retries, and no timeouts but the deadline of the context. A chat or a completion without a stub is refused; vectors are invented
 * and depend on nothing but their text. Thread-safe.
 */
public final class FakeLlmPort extends StubbedModels implements LlmPort {

    private final Lock lock = new ReentrantLock();
    private final Condition abandonment = lock.newCondition();
    private long abandoned; // guarded by lock

    /** Creates a port without stubs. */
    public FakeLlmPort() {}

    @Override
    public ChatResponse chat(ChatRequest request, CallContext context) {
        FakePiece whole = call(FakeCalls.of(request, false, context), context).whole();
        return new ChatResponse(request.model().value(), null, message(whole), List.of(), whole.requireCompletion());
    }

    @Override
    public ResponseStream<ChatChunk> chatStream(ChatRequest request, CallContext context) {
        return new FakeStream<>(call(FakeCalls.of(request, true, context), context), piece ->
                new ChatChunk(request.model().value(), null, message(piece), List.of(), piece.completion()));
    }

    @Override
    public GenerateResponse generate(GenerateRequest request, CallContext context) {
        FakePiece whole = call(FakeCalls.of(request, false, context), context).whole();
        return new GenerateResponse(request.model().value(), null, output(whole), List.of(), whole.requireCompletion());
    }

    @Override
    public ResponseStream<GenerateChunk> generateStream(GenerateRequest request, CallContext context) {
        return new FakeStream<>(call(FakeCalls.of(request, true, context), context), piece ->
                new GenerateChunk(request.model().value(), null, output(piece), List.of(), piece.completion()));
    }

    @Override
    public EmbedResponse embed(EmbedRequest request, CallContext context) {
        Vectors stubbed = call(FakeCalls.of(request, context), context).vectors();
        List<Embedding> embeddings = new ArrayList<>();
        for (String text : request.input()) {
            embeddings.add(Embedding.wrap(stubbed == null ? FakeCalls.vectorOf(text) : stubbed.vector(embeddings.size())));
        }
        int tokens = request.input().stream().mapToInt(FakeCalls::tokens).sum();
        return new EmbedResponse(request.model().value(), embeddings, new TokenUsage(tokens, null), Timings.UNKNOWN);
    }

    private FakeCall call(ReceivedCall received, CallContext context) {
        if (context.cancellation().isCancelled()) {
            throw new CallCancelledException("the call was cancelled before it was sent", FakeCall.NOTHING_SENT);
        }
        return new FakeCall(received, answerTo(received), context, this::noteAbandoned);
    }

    private static Message message(FakePiece piece) {
        return Message.assistant(piece.text()).withThinking(piece.thinking()).withToolCalls(piece.toolCalls());
    }

    private static GenerateOutput output(FakePiece piece) {
        return new GenerateOutput(piece.text(), piece.thinking(), piece.toolCalls(), null);
    }

    @Override
    boolean isStrict() {
        return true;
    }

    private void noteAbandoned() {
        lock.lock();
        try {
            abandoned++;
            abandonment.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long abandonedCalls() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitAbandonedCall(Duration limit) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(limit);
        lock.lockInterruptibly();
        try {
            while (abandoned == 0) {
                if (left <= 0) {
                    throw new AssertionError("expected that a caller leaves within " + limit.toMillis() + " ms, but " + CallReport.of(calls()));
                }
                left = abandonment.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reset() {
        super.reset();
        lock.lock();
        try {
            abandoned = 0;
        } finally {
            lock.unlock();
        }
    }
}
