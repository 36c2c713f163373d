package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.StoredAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the frames of an answer as they pass, up to a number of bytes, and hands them over when the answer is complete. The last piece of a
 * document of known length is passed on after that: a client that has it may ask again at once.
 */
final class RecordingExchange extends ForwardingExchange {

    /** A longer answer is examined before it is stored, which takes too long for an event loop (ADR-54). */
    static final int LONGEST_EXAMINED_AT_USE = 32 << 10;

    private final AnswerKey key;
    private final long maxBytes;
    private final BiConsumer<Exchange, List<Frame>> onComplete;
    private @Nullable List<Frame> frames = new ArrayList<>(); // null when they are too many; used by the thread that delivers
    private long bytes; // likewise
    private @Nullable Frame heldBack; // the next piece of a document, likewise

    RecordingExchange(Exchange delegate, AnswerKey key, long maxBytes, BiConsumer<Exchange, List<Frame>> onComplete) {
        super(delegate);
        this.key = key;
        this.maxBytes = maxBytes;
        this.onComplete = onComplete;
    }

    /** Returns whether the answer so far can be stored; for the thread that delivers. */
    boolean isRecording() {
        return frames != null;
    }

    @Override
    public @Nullable Frame next() {
        Frame frame = heldBack == null ? super.next() : heldBack;
        heldBack = frame != null && isLastKnown() ? readAhead() : null;
        return frame;
    }

    /** The last piece of a document of known length is ready with the end of the answer. */
    @Override
    public boolean isReady() {
        if (heldBack == null && hasKnownLength() && super.isReady()) {
            heldBack = readAhead();
        }
        return (heldBack != null && !isLastKnown()) || (super.isReady() && !isEndLong());
    }

    @Override
    public void forward(FrameSink sink, ForwardEnd end) {
        if (heldBack == null && !hasKnownLength()) {
            super.forward(sink, end);
            return;
        }
        HoldingSink holding = new HoldingSink(sink);
        super.forward(holding, failure -> end.ended(holding.ended(failure)));
    }

    /** Returns whether a client can know that it has the whole answer, which is to be stored, before that ends here. */
    private boolean hasKnownLength() {
        return frames != null
                && head().framing() == Framing.DOCUMENT
                && head().headers().contentLength() != Headers.UNKNOWN_LENGTH;
    }

    /** Returns whether the last piece of a document of known length has passed. */
    private boolean isLastKnown() {
        return hasKnownLength() && bytes >= head().headers().contentLength();
    }

    private @Nullable Frame readAhead() {
        try {
            return super.next();
        } catch (LlmException failure) {
            return null; // the next call throws it again
        }
    }

    @Override
    protected void passed(Frame frame) {
        List<Frame> kept = frames;
        if (kept == null) {
            return;
        }
        kept.add(frame);
        bytes += frame.bytes().length;
        if (StoredAnswer.weight(key, kept.size(), bytes) > maxBytes) {
            frames = null;
        }
    }

    @Override
    protected boolean isEndLong() {
        return frames != null && bytes > LONGEST_EXAMINED_AT_USE;
    }

    @Override
    protected void ended(ExchangeOutcome outcome) {
        List<Frame> kept = frames;
        frames = null;
        if (outcome instanceof ExchangeOutcome.Complete && kept != null) {
            onComplete.accept(this, kept);
        }
    }

    /** Keeps the last piece of a document of known length until the answer has ended. */
    private final class HoldingSink implements FrameSink {

        private final FrameSink sink;

        HoldingSink(FrameSink sink) {
            this.sink = sink;
        }

        @Override
        public boolean accept(Frame frame) {
            Frame earlier = heldBack;
            heldBack = isLastKnown() ? frame : null;
            boolean isReady = earlier == null || sink.accept(earlier);
            return heldBack == null ? sink.accept(frame) : isReady;
        }

        /** Hands over the piece that was kept, and returns why the answer has failed, or null. */
        @Nullable Throwable ended(@Nullable Throwable failure) {
            Frame last = heldBack;
            heldBack = null;
            if (last != null && (failure == null || failure instanceof LlmException)) {
                try {
                    boolean unused = sink.accept(last);
                } catch (RuntimeException | Error refused) {
                    return failure == null ? refused : failure;
                }
            }
            return failure;
        }

        @Override
        public void flush() {
            sink.flush();
        }

        @Override
        public void whenReady(Runnable resume) {
            sink.whenReady(resume);
        }
    }
}
