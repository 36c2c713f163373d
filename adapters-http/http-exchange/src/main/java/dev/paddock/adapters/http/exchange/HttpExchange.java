package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An answer that is read from a transport, with exactly one outcome. */
final class HttpExchange implements Exchange {

    /** How long the end of a body may take to follow the terminal frame before the connection is given up. */
    private static final Duration PATIENCE_AFTER_TERMINAL = Duration.ofSeconds(1);

    private static final ExchangeEnd COMPLETE = new ExchangeEnd(null);

    private final CancellableCall call;
    private final TransportResponse response;
    private final AnswerReading answer;
    private final FrameSource frames;
    private final CompletionTracker tracker;
    private final AtomicReference<@Nullable ExchangeEnd> outcome = new AtomicReference<>();
    private final AtomicBoolean readingAfterTerminal = new AtomicBoolean();
    private boolean begun; // whether a frame was read that is no heartbeat; confined to the thread that pulls
    private boolean heartbeat; // whether the frame read last is one, confined likewise
    private volatile boolean terminalSeen;
    private volatile boolean contentAfterTerminal;
    private volatile boolean closing;
    private volatile ExchangeHead head; // its framing is final with the first frame

    /**
     * Starts the exchange with the head that has arrived.
     *
     * @param answer the head, and the verdict on the answer
     * @param frames the frames of the body
     */
    HttpExchange(CancellableCall call, TransportResponse response, AnswerReading answer, FrameSource frames) {
        this.call = call;
        this.response = response;
        this.answer = answer;
        this.head = answer.head();
        this.frames = frames;
        this.tracker = new CompletionTracker(head.provenance().backend().value());
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public AnswerVerdict verdict() {
        return answer.verdict();
    }

    @Override
    public @Nullable Frame next() {
        ExchangeEnd reached = outcome.get();
        if (reached != null) {
            return reached.repeat();
        }
        if (terminalSeen) {
            return nextAfterTerminal();
        }
        if (begun) {
            call.timeout().start();
        } else {
            call.timeout().startFirst();
        }
        heartbeat = false;
        try {
            Frame frame = read();
            begun |= !heartbeat;
            return frame;
        } catch (TransportException broken) {
            throw fail(call.translate(broken));
        } catch (LlmException unusable) {
            // The splitter of frames knows nothing of the call.
            throw fail(unusable.facts().attempts() == 0 ? unusable.withFacts(facts()) : unusable);
        } finally {
            if (heartbeat) {
                call.timeout().pause();
            } else {
                call.timeout().stop();
            }
        }
    }

    @Override
    public void close() {
        if (outcome.get() != null) {
            return; // the usual case: there is nothing to read, and no failure needs to be made
        }
        if (terminalSeen) {
            closing = true;
            closeAfterTerminal();
            return;
        }
        if (end(new ExchangeEnd(call.translator().closed(facts())))) {
            call.cancel();
            response.close();
        }
    }

    @Override
    public void reject(LlmException reason) {
        if (reason instanceof GenerationFailedException reported) {
            answer.failed(reported); // a document that is an error
        }
        close();
    }

    private @Nullable Frame read() {
        Frame frame = frames.next();
        if (head.framing() != frames.framing()) {
            head = head.withFraming(frames.framing());
        }
        if (frame == null) {
            if (head.framing() != Framing.DOCUMENT && !tracker.isComplete()) {
                throw reported(tracker.failure());
            }
            answer.ended();
            end(COMPLETE);
            return null;
        }
        if (head.framing() == Framing.DOCUMENT) {
            answer.read(frame);
            return frame;
        }
        return judge(frame);
    }

    private Frame judge(Frame frame) {
        return switch (tracker.add(frame)) {
            case DATA -> frame;
            case HEARTBEAT -> {
                heartbeat = true;
                yield frame;
            }
            case TERMINAL -> {
                terminalSeen = true;
                yield frame.asTerminal();
            }
            case FAILURE -> throw reported(tracker.failure());
        };
    }

    private LlmException reported(LlmException failure) {
        if (failure instanceof GenerationFailedException reported) {
            answer.failed(reported);
        }
        return failure.withFacts(facts());
    }

    /** Completes an answer whose terminal frame was seen. Only the end of the body may follow, and soon. */
    private void closeAfterTerminal() {
        if (readingAfterTerminal.compareAndSet(false, true)) {
            if (!contentAfterTerminal) {
                readAfterTerminal(true);
            }
            complete();
        }
    }

    /** Returns what follows the terminal frame, or null at the end. */
    private @Nullable Frame nextAfterTerminal() {
        if (!readingAfterTerminal.compareAndSet(false, true)) {
            return null; // another thread closes the exchange
        }
        Frame more = readAfterTerminal(false);
        if (more == null) {
            complete();
            return null;
        }
        contentAfterTerminal |= more.hasContent();
        readingAfterTerminal.set(false);
        if (closing) {
            complete();
        }
        return more;
    }

    /** Reads on for a while; if the end does not come, the answer is complete all the same. */
    private @Nullable Frame readAfterTerminal(boolean skipEmpty) {
        call.timeout().start(PATIENCE_AFTER_TERMINAL);
        try {
            Frame frame = frames.next();
            while (skipEmpty && frame != null && !frame.hasContent()) {
                frame = frames.next();
            }
            return frame;
        } catch (TransportException | LlmException afterwards) {
            return null; // only the connection is lost, and closing the response closes it
        } finally {
            call.timeout().stop();
        }
    }

    /** Closing the response before its end closes the connection, so that bytes left over are never taken for another answer. */
    private void complete() {
        end(COMPLETE);
        response.close();
    }

    private LlmException fail(LlmException reason) {
        if (end(new ExchangeEnd(reason))) {
            response.close();
            return reason;
        }
        // The exchange was closed while this thread was reading: that came first.
        ExchangeEnd first = outcome.get();
        return first != null && first.failure != null ? first.failure : reason;
    }

    private boolean end(ExchangeEnd reached) {
        if (!outcome.compareAndSet(null, reached)) {
            return false;
        }
        call.ended();
        return true;
    }

    private ErrorFacts facts() {
        CallProgress progress = new CallProgress(
                CallPhase.BODY, -1, -1, true, head.provenance().connectionReused());
        return call.translator()
                .facts()
                .withStatus(head.status())
                .withProgress(progress)
                .withRequestId(head.headers().first("X-Request-Id"));
    }

    /** How the exchange ended: complete when there is no failure. */
    private record ExchangeEnd(@Nullable LlmException failure) {

        private @Nullable Frame repeat() {
            if (failure != null) {
                throw failure;
            }
            return null;
        }
    }
}
