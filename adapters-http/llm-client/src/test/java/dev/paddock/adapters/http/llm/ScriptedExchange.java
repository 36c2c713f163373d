package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.adapters.http.wire.framing.FrameKind;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange in memory that keeps the contract: one outcome, truncation where the terminal frame is missing. */
final class ScriptedExchange implements Exchange {

    private final ExchangeRequest request;
    private final ExchangeHead head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Iterator<byte[]> frames;
    private final @Nullable LlmException ending;
    private final CompletionTracker tracker = new CompletionTracker("the server");
    private @Nullable LlmException failure;
    private @Nullable LlmException rejection;
    private boolean complete;
    private boolean closed;
    private int pulled;

    ScriptedExchange(ExchangeRequest request, ExchangeHead head, List<byte[]> frames, @Nullable LlmException ending) {
        this.request = request;
        this.head = head;
        this.frames = frames.iterator();
        this.ending = ending;
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public @Nullable Frame next() {
        if (failure != null) {
            throw failure;
        }
        if (complete) {
            return null;
        }
        if (closed) {
            throw fail(new CallCancelledException("the exchange was closed", ErrorFacts.NONE));
        }
        if (frames.hasNext()) {
            return frame(frames.next());
        }
        if (ending != null) {
            throw fail(ending);
        }
        if (head.isSuccess() && head.framing() != Framing.DOCUMENT && !tracker.isComplete()) {
            throw fail(tracker.failure());
        }
        complete = true;
        return null;
    }

    @Override
    public AnswerVerdict verdict() {
        return new OllamaDialect().answers().classify(request, head, body.toByteArray());
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void reject(LlmException reason) {
        if (rejection == null && !closed) {
            rejection = reason;
        }
        close();
    }

    /** Returns why the reader rejected the answer before it was closed, or null if it did not. */
    @Nullable LlmException rejection() {
        return rejection;
    }

    boolean isComplete() {
        return complete;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isReleased() {
        return complete || closed || failure != null;
    }

    boolean isCancelled() {
        return closed && !complete && failure == null;
    }

    int pulled() {
        return pulled;
    }

    private Frame frame(byte[] bytes) {
        pulled++;
        body.writeBytes(bytes);
        Frame frame = Frame.data(bytes);
        if (head.framing() == Framing.DOCUMENT) {
            return frame;
        }
        FrameKind kind = tracker.add(frame);
        if (kind == FrameKind.FAILURE) {
            throw fail(tracker.failure());
        }
        return kind == FrameKind.TERMINAL ? frame.asTerminal() : frame;
    }

    private LlmException fail(LlmException reason) {
        failure = reason;
        return reason;
    }
}
