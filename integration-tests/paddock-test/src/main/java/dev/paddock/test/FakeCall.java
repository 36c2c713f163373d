package dev.paddock.test;

import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Generation;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.ScriptedToolCall;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Vectors;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.ToolCall;
import dev.paddock.test.StubAnswer.Interruption;
import dev.paddock.test.StubAnswer.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call of the fake: waits, fails and delivers as its answer says. Pulled by one thread; {@link #leave} may come from any. */
final class FakeCall {

    static final ErrorFacts NOTHING_SENT = ErrorFacts.NONE;

    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final ReceivedCall received;
    private final @Nullable StubAnswer answer; // null when the models answer by themselves
    private final @Nullable Deadline deadline;
    private final Runnable onAbandoned;
    private final List<FakePiece> pieces = new ArrayList<>();
    private final StringBuilder textReceived = new StringBuilder(); // confined to the pulling thread, like next and opened
    private final CompletableFuture<String> left = new CompletableFuture<>(); // why the caller has left
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Cancellation.Registration registration;
    private int next;
    private boolean opened;

    FakeCall(ReceivedCall received, @Nullable StubAnswer answer, CallContext context, Runnable onAbandoned) {
        this.received = received;
        this.answer = answer;
        this.deadline = context.deadline();
        this.onAbandoned = onAbandoned;
        if (answer != null && answer.content() instanceof Generation generation) {
            addPieces(generation);
        }
        this.registration = context.cancellation().onCancel(() -> leave("the call was cancelled"));
    }

    private void addPieces(Generation generation) {
        generation.thoughts().forEach(thought -> pieces.add(FakePiece.thinking(thought)));
        generation.pieces().forEach(text -> pieces.add(FakePiece.text(text)));
        for (ScriptedToolCall call : generation.toolCalls()) {
            pieces.add(FakePiece.toolCall(new ToolCall("call_" + (pieces.size() + 1), call.name(), copyOf(call))));
        }
        int prompt = received.texts().stream().mapToInt(FakeCalls::tokens).sum();
        pieces.add(FakePiece.last(new Completion(generation.doneReason(), new TokenUsage(prompt, pieces.size()), Timings.UNKNOWN)));
    }

    @SuppressWarnings("unchecked") // nothing is put into it; the record copies it
    private static Map<String, @Nullable Object> copyOf(ScriptedToolCall call) {
        return (Map<String, @Nullable Object>) call.arguments();
    }

    /** Ends the call for its caller, in every phase; does nothing when it has ended. */
    void leave(String why) {
        if (ended.compareAndSet(false, true)) {
            left.complete(why);
            onAbandoned.run();
        }
    }

    /** Returns the vectors of the stub, or null when there is none. */
    @Nullable Vectors vectors() {
        open();
        interrupt(0);
        finish();
        return answer != null && answer.content() instanceof Vectors vectors ? vectors : null;
    }

    /** Returns the whole answer. */
    FakePiece whole() {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        while (true) {
            FakePiece piece = next();
            text.append(piece.text());
            thinking.append(piece.thinking() == null ? "" : piece.thinking());
            calls.addAll(piece.toolCalls());
            if (piece.completion() != null) {
                return new FakePiece(text.toString(), thinking.isEmpty() ? null : thinking.toString(), calls, piece.completion());
            }
        }
    }

    /** Waits for the next piece, the last of which has the completion. */
    FakePiece next() {
        open();
        interrupt(next);
        FakePiece piece = pieces.get(next++);
        textReceived.append(piece.text());
        if (piece.completion() != null) {
            finish();
        }
        return piece;
    }

    private void open() {
        if (opened) {
            return;
        }
        opened = true;
        if (answer == null) {
            return;
        }
        if (!answer.delay().isZero()) {
            await(new CompletableFuture<>(), answer.delay());
        }
        if (answer.content() == null) {
            waitAt(0);
            fail(refusal(answer.refusal()));
        }
    }

    private LlmException refusal(@Nullable Refusal refusal) {
        return refusal == null
                ? new ConnectionLostException("the connection ended before the response", facts())
                : FakeFailures.of(refusal, received.model(), facts());
    }

    /** Waits, fails or stalls where the answer says so, before the piece at this place. */
    private void interrupt(int place) {
        waitAt(place);
        Interruption interruption = answer == null ? null : answer.interruption();
        if (answer == null || interruption == null || answer.interruptedAt() != place) {
            requireCaller();
            return;
        }
        boolean hasBegun = received.streamed() && place > 0;
        switch (interruption.cause()) {
            case CUT, END -> fail(new TruncatedResponseException("the answer ended before it was complete", facts().withStatus(200)));
            case FAILURE -> fail(hasBegun
                    ? new GenerationFailedException(interruption.message(), facts().withStatus(200))
                    : FakeFailures.of(new Refusal(500, interruption.message(), Map.of()), received.model(), facts()));
            case STALL -> await(new CompletableFuture<>(), FOREVER);
        }
    }

    private void waitAt(int place) {
        var latch = answer == null ? null : answer.heldAt(place);
        if (latch != null) {
            await(latch.arrive(), FOREVER);
        }
    }

    /** Waits for an event, for a time, for the caller to leave or for the deadline, whatever comes first. */
    private void await(CompletableFuture<Void> event, Duration time) {
        Duration limit = deadline == null || deadline.remaining().compareTo(time) > 0 ? time : deadline.remaining();
        try {
            CompletableFuture.anyOf(event, left).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            // Either the wait is over or the deadline has passed, which is checked below.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            leave("the waiting thread was interrupted");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        requireCaller();
    }

    private void requireCaller() {
        String why = left.getNow(null);
        if (why != null) {
            registration.close();
            throw new CallCancelledException(why, facts());
        }
        if (deadline != null && deadline.isExpired()) {
            fail(new LlmTimeoutException(CallPhase.CALL, deadline.limit(), facts(), null));
        }
    }

    private void fail(LlmException failure) {
        finish();
        throw failure;
    }

    private void finish() {
        boolean unused = ended.compareAndSet(false, true);
        registration.close();
    }

    private ErrorFacts facts() {
        return ErrorFacts.NONE.withAttempts(1).withTextReceived(textReceived.toString());
    }
}
