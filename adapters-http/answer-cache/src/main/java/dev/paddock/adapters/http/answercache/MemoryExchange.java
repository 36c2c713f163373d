package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.WaitingThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that is in memory as a whole, and is given at once. One thread at a time may pull; any thread may close it. */
public final class MemoryExchange implements Exchange {

    private static final int SHORT = 32 * 1024;

    private final ExchangeHead head;
    private final List<Frame> frames;
    private final AnswerVerdict verdict;
    private final CallContext context;
    private int next; // confined to the thread that pulls
    private volatile boolean closed;

    /**
     * Creates an answer.
     *
     * @param context the call, which may cancel the answer
     */
    public MemoryExchange(ExchangeHead head, List<Frame> frames, AnswerVerdict verdict, CallContext context) {
        this.head = head;
        this.frames = frames;
        this.verdict = verdict;
        this.context = context;
    }

    /** Returns the answer that has one document, which may be empty. */
    public static MemoryExchange ofDocument(ExchangeHead head, Frame document, AnswerVerdict verdict, CallContext context) {
        return new MemoryExchange(head, document.bytes().length == 0 ? List.of() : List.of(document), verdict, context);
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public @Nullable Frame next() {
        if (next == frames.size()) {
            return null;
        }
        if (closed || context.cancellation().isCancelled()) {
            throw new CallCancelledException(
                    "the answer was closed before its end",
                    ErrorFacts.NONE.withStatus(head.status()).withBackend(head.provenance().backend()));
        }
        return frames.get(next++);
    }

    /** A short answer is given without a wait, whatever the sink says: it can take that much. */
    @Override
    public boolean isReady() {
        int length = 0;
        for (Frame frame : frames) {
            length += frame.bytes().length;
        }
        return length <= SHORT;
    }

    /** Everything has arrived already, so a sink that collects frames sends them when it is full. */
    @Override
    public void forward(FrameSink sink, ForwardEnd end) {
        end.after(() -> handOver(sink));
    }

    private void handOver(FrameSink sink) {
        boolean mayWait = WaitingThread.isCurrent() || !isReady();
        for (Frame frame = next(); frame != null; frame = next()) {
            if (!sink.accept(frame) && mayWait) {
                sink.flush();
                sink.awaitReady();
            }
        }
        sink.flush();
    }

    @Override
    public AnswerVerdict verdict() {
        return verdict;
    }

    @Override
    public void close() {
        closed = true;
    }
}
