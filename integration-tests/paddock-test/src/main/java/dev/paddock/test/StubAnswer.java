package dev.paddock.test;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ReceivedCall.Kind;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Content;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Generation;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.ScriptedToolCall;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a test chooses for a call: what the model says, and what happens on the way. Immutable.
 *
 * <p>Pieces are what a stream delivers one by one: those of the reasoning first, then those of the text, then the tool calls. A place after
 * the last piece means that place.
 */
public final class StubAnswer {

    private final @Nullable Content content; // null for a refusal
    private final @Nullable Refusal refusal;
    private final Duration delay;
    private final @Nullable Hold hold;
    private final @Nullable Interruption interruption;

    private StubAnswer(
            @Nullable Content content, @Nullable Refusal refusal, Duration delay, @Nullable Hold hold, @Nullable Interruption interruption) {
        this.content = content;
        this.refusal = refusal;
        this.delay = delay;
        this.hold = hold;
        this.interruption = interruption;
    }

    private static StubAnswer of(Content content) {
        return new StubAnswer(content, null, Duration.ZERO, null, null);
    }

    /** Returns an answer of this text, which is streamed word by word. An empty text has no pieces. */
    public static StubAnswer text(String text) {
        return pieces(text.isEmpty() ? new String[0] : text.split("(?<=\\S)(?=\\s)", -1));
    }

    /** Returns an answer whose text is streamed in exactly these pieces. */
    public static StubAnswer pieces(String... pieces) {
        return of(new Generation(List.of(), List.of(pieces), List.of(), "stop"));
    }

    /**
     * Returns an answer whose text is this JSON.
     *
     * @throws IllegalArgumentException if the text is not one JSON value
     */
    public static StubAnswer json(String json) {
        return pieces(ScriptedAnswer.requireJson(json));
    }

    /**
     * Returns an answer whose text is the JSON object of these values.
     *
     * @param values plain Java values: texts, numbers, booleans, null, lists and maps of them
     */
    public static StubAnswer json(Map<String, ? extends @Nullable Object> values) {
        return pieces(ScriptedAnswer.jsonText(values));
    }

    /**
     * Returns an answer by which the model wants to call a tool.
     *
     * @param arguments plain Java values: texts, numbers, booleans, null, lists and maps of them
     */
    public static StubAnswer toolCall(String name, Map<String, ? extends @Nullable Object> arguments) {
        return text("").andToolCall(name, arguments);
    }

    /** Returns an answer of one vector, for each text of the call. */
    public static StubAnswer vector(float... vector) {
        return vectors(List.of(vector));
    }

    /** Returns an answer of one vector for each text, in order; the last one is also that of all further texts. */
    public static StubAnswer vectors(List<float[]> vectors) {
        return of(new Vectors(vectors));
    }

    /** Returns an answer of this HTTP status, from 400 to 599, with the error body of the API that was called. */
    public static StubAnswer error(int status, String message) {
        return refused(new Refusal(status, message, Map.of()));
    }

    /** Returns the answer of a server that has too much to do (503). */
    public static StubAnswer busy() {
        return error(503, "server busy, please try again");
    }

    /** Returns the answer that the caller has sent too many requests (429); the wait is sent in whole seconds. */
    public static StubAnswer rateLimited(Duration retryAfter) {
        return refused(new Refusal(429, "too many requests", Map.of("Retry-After", String.valueOf(retryAfter.toSeconds()))));
    }

    /** Returns no answer: the connection ends before the first byte. */
    public static StubAnswer disconnect() {
        return refused(null);
    }

    private static StubAnswer refused(@Nullable Refusal refusal) {
        return new StubAnswer(null, refusal, Duration.ZERO, null, null);
    }

    /** Returns this answer with a further tool that the model wants to call. */
    public StubAnswer andToolCall(String name, Map<String, ? extends @Nullable Object> arguments) {
        Generation old = generation();
        List<ScriptedToolCall> calls = new ArrayList<>(old.toolCalls());
        calls.add(new ScriptedToolCall(name, arguments));
        return with(new Generation(old.thoughts(), old.pieces(), calls, old.doneReason()));
    }

    /** Returns this answer with reasoning before the text, in one piece. */
    public StubAnswer thinking(String thoughts) {
        Generation old = generation();
        return with(new Generation(List.of(thoughts), old.pieces(), old.toolCalls(), old.doneReason()));
    }

    /** Returns this answer with another reason for its end, for example {@code length}. */
    public StubAnswer reason(String doneReason) {
        Generation old = generation();
        return with(new Generation(old.thoughts(), old.pieces(), old.toolCalls(), doneReason));
    }

    private Generation generation() {
        if (content instanceof Generation generation) {
            return generation;
        }
        throw new IllegalStateException("this answer has no text");
    }

    private StubAnswer with(Content newContent) {
        return new StubAnswer(newContent, refusal, delay, hold, interruption);
    }

    /** Returns this answer after a wait. A test that must not depend on time uses {@link #heldBy}. */
    public StubAnswer after(Duration newDelay) {
        if (newDelay.isNegative()) {
            throw new IllegalArgumentException("a delay must not be negative but is " + newDelay);
        }
        return new StubAnswer(content, refusal, newDelay, hold, interruption);
    }

    /** Returns this answer, which waits at a latch before anything of it is sent. */
    public StubAnswer heldBy(Latch latch) {
        return heldAfter(0, latch);
    }

    /** Returns this answer, which waits at a latch after this many pieces. */
    public StubAnswer heldAfter(int pieces, Latch latch) {
        return new StubAnswer(content, refusal, delay, new Hold(requireNotNegative(pieces), latch), interruption);
    }

    /** Returns this answer, whose connection breaks after this many pieces; an answer that is not streamed breaks in its middle. */
    public StubAnswer cutAfter(int pieces) {
        return interrupted(Cause.CUT, pieces, "");
    }

    /** Returns this answer, which ends after this many pieces as if it were complete, but without its end mark. */
    public StubAnswer endedAfter(int pieces) {
        return interrupted(Cause.END, pieces, "");
    }

    /**
     * Returns this answer, in which the model fails after this many pieces. An answer that is not streamed, or fails before its first piece,
     * is the status 500. The OpenAI API of Ollama does not send the message inside a stream: there the stream just ends.
     */
    public StubAnswer failedAfter(int pieces, String message) {
        return interrupted(Cause.FAILURE, pieces, message);
    }

    /** Returns this answer, of which nothing more comes after this many pieces until the caller leaves. */
    public StubAnswer stalledAfter(int pieces) {
        return interrupted(Cause.STALL, pieces, "");
    }

    private StubAnswer interrupted(Cause cause, int pieces, String message) {
        if (content == null) {
            throw new IllegalStateException("this answer has no pieces");
        }
        return new StubAnswer(content, refusal, delay, hold, new Interruption(cause, requireNotNegative(pieces), message));
    }

    private static int requireNotNegative(int pieces) {
        if (pieces < 0) {
            throw new IllegalArgumentException("a number of pieces must not be negative but is " + pieces);
        }
        return pieces;
    }

    /** Returns whether a call can have this answer: vectors are for texts to embed, and texts for everything else. */
    boolean fits(ReceivedCall call) {
        return content == null || (content instanceof Vectors) == (call.kind() == Kind.EMBEDDING);
    }

    /** Returns the answer as the simulator gives it to this call. */
    ScriptedAnswer script(ReceivedCall call) {
        List<Fault> faults = new ArrayList<>();
        if (!delay.isZero()) {
            faults.add(new Fault.Delay(delay));
        }
        if (hold != null) {
            faults.add(hold.after() == 0 || content == null ? new Fault.Hold(hold.latch()) : new Fault.HoldLines(place(hold.after()), hold.latch()));
        }
        if (content == null) {
            faults.add(refusal == null
                    ? new Fault.Disconnect(TcpClose.CLOSE)
                    : new Fault.Refusal(refusal.status(), refusal.message(), refusal.headers()));
        }
        if (interruption != null) {
            faults.add(fault(interruption, place(interruption.after()), call));
        }
        return new ScriptedAnswer(content, faults);
    }

    private static Fault fault(Interruption interruption, int place, ReceivedCall call) {
        boolean isOneLine = !call.streamed();
        return switch (interruption.cause()) {
            case CUT -> new Fault.CutLine(isOneLine ? 0 : place, TcpClose.CLOSE);
            case END -> call.kind() == Kind.EMBEDDING ? new Fault.CutLine(0, TcpClose.CLOSE) : new Fault.Truncate(place);
            case FAILURE -> new Fault.RunnerFailure(place, interruption.message());
            case STALL -> new Fault.Stall(place);
        };
    }

    /** Returns the number of pieces that come before a place. */
    private int place(int after) {
        return content instanceof Generation generation
                ? Math.min(after, generation.thoughts().size() + generation.pieces().size() + generation.toolCalls().size())
                : 0;
    }

    /** Returns the place of the interruption in pieces, or -1 when there is none. */
    int interruptedAt() {
        return interruption == null ? -1 : place(interruption.after());
    }

    /** Returns the latch at which the answer waits at this place, or null for none. */
    @Nullable Latch heldAt(int place) {
        return hold != null && (hold.after() == 0 ? 0 : place(hold.after())) == place ? hold.latch() : null;
    }

    @Nullable Content content() {
        return content;
    }

    @Nullable Refusal refusal() {
        return refusal;
    }

    Duration delay() {
        return delay;
    }

    @Nullable Hold hold() {
        return hold;
    }

    @Nullable Interruption interruption() {
        return interruption;
    }

    /** An error status. */
    record Refusal(int status, String message, Map<String, String> headers) {

        Refusal {
            requireNonNull(message, "message");
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("the status of an error is 400 to 599, not " + status);
            }
        }
    }

    /** A wait at a latch after a number of pieces. */
    record Hold(int after, Latch latch) {

        Hold {
            requireNonNull(latch, "latch");
        }
    }

    /** What ends an answer early. */
    enum Cause {
        CUT,
        END,
        FAILURE,
        STALL
    }

    /** An early end after a number of pieces. */
    record Interruption(Cause cause, int after, String message) {

        Interruption {
            requireNonNull(message, "message");
        }
    }
}
