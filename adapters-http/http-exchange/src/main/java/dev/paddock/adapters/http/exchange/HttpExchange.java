package dev.paddock.adapters.http.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.WaitingThread;
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
    private final AnswerFrames frames;
    private final AtomicReference<@Nullable ExchangeEnd> outcome = new AtomicReference<>();
    private final AtomicBoolean readingAfterTerminal = new AtomicBoolean();
    private volatile boolean contentAfterTerminal;
    private volatile boolean closing;
    private volatile @Nullable ForwardedBody forwarded; // from then on nothing is pulled

    /**
     * Starts the exchange with the head that has arrived.
     *
     * @param answer the head, and the verdict on the answer
     * @param frames the frames of the body
     */
    HttpExchange(CancellableCall call, TransportResponse response, AnswerReading answer, FrameSource frames) {
        this.call = call;
        this.response = response;
        this.frames = new AnswerFrames(frames, answer, this::facts);
    }

    @Override
    public ExchangeHead head() {
        return frames.head();
    }

    @Override
    public AnswerVerdict verdict() {
        return frames.verdict();
    }

    @Override
    public @Nullable Frame next() {
        ExchangeEnd reached = outcome.get();
        if (reached != null) {
            return reached.repeat();
        }
        if (frames.isTerminalSeen()) {
            return nextAfterTerminal();
        }
        try {
            Frame arrived = frames.hasBegun() ? frames.poll() : null;
            return arrived == null ? awaitNext() : arrived;
        } catch (TransportException | LlmException failure) {
            throw fail(failure);
        } finally {
            if (frames.isHeartbeat()) {
                call.timeout().pause();
            } else {
                call.timeout().stop();
            }
        }
    }

    @Override
    public boolean isReady() {
        if (outcome.get() != null) {
            return true;
        }
        try {
            return !frames.isTerminalSeen() && frames.isReady();
        } catch (TransportException | LlmException failure) {
            LlmException unused = fail(failure); // as the next frame
            return true;
        }
    }

    /** Returns a frame that did not come with those before it, so that there is a limit on the time until it comes. */
    private @Nullable Frame awaitNext() {
        if (frames.hasBegun()) {
            call.timeout().start();
        } else {
            call.timeout().startFirst();
        }
        Frame frame = frames.next();
        if (frame == null) {
            end(COMPLETE);
        }
        return frame;
    }

    /** A heartbeat may be all that has arrived: what follows it is awaited by a thread that may wait. */
    @Override
    public void forward(FrameSink sink, ForwardEnd end) {
        WaitingThread.run(!frames.hasBegun() && outcome.get() == null, () -> forwardRest(sink, end));
    }

    private void forwardRest(FrameSink sink, ForwardEnd end) {
        ForwardedBody body = new ForwardedBody(frames, call.timeout(), PATIENCE_AFTER_TERMINAL, sink);
        Throwable failure = null;
        boolean isToGoOn = false;
        try {
            isToGoOn = begin(body);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
        if (isToGoOn) {
            response.forward(body, thrown -> end.after(() -> finish(body, thrown)));
        } else {
            end.ended(failure);
        }
    }

    /** Hands over what is there before the response is forwarded, and returns whether it is to be. The first frame shows how the body is divided. */
    private boolean begin(ForwardedBody body) {
        if (!frames.hasBegun()) {
            body.flush();
        }
        while (!frames.hasBegun()) {
            Frame frame = next();
            if (frame == null) {
                return false;
            }
            body.accept(frame);
        }
        if (outcome.get() != null) {
            return next() != null; // false, or the failure once more
        }
        forwarded = body;
        try {
            body.start();
            return true;
        } catch (RuntimeException | Error refused) {
            response.close();
            finish(body, refused);
            return false;
        }
    }

    /**
     * Ends the exchange behind the body.
     *
     * @param failure why there is no more of it, or null at its end
     * @throws RuntimeException the failure of the exchange, or the exception of the sink
     */
    private void finish(ForwardedBody body, @Nullable Throwable failure) {
        try {
            ForwardEnd.rethrow(failure);
            body.finish();
        } catch (TransportException | LlmException broken) {
            if (!frames.isTerminalSeen()) {
                throw fail(broken);
            }
            // only the connection is lost, and closing the response closes it
        } finally {
            call.timeout().stop();
        }
        complete();
        Frame unused = requireNonNull(outcome.get(), "the outcome").repeat();
    }

    @Override
    public void close() {
        if (outcome.get() != null) {
            return; // the usual case: there is nothing to read, and no failure needs to be made
        }
        ForwardedBody body = forwarded;
        if (!frames.isTerminalSeen()) {
            cancel(new ExchangeEnd(call.translator().closed(facts())));
        } else if (body == null) {
            closing = true;
            closeAfterTerminal();
        } else {
            cancel(COMPLETE);
        }
    }

    private void cancel(ExchangeEnd reached) {
        if (end(reached)) {
            call.cancel();
            response.close();
        }
    }

    @Override
    public void reject(LlmException reason) {
        if (reason instanceof GenerationFailedException reported) {
            frames.failed(reported); // a document that is an error
        }
        close();
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

    private LlmException fail(RuntimeException failure) {
        LlmException reason = switch (failure) {
            case TransportException broken -> call.translate(broken);
            // The splitter of frames knows nothing of the call.
            case LlmException unusable -> unusable.facts().attempts() == 0 ? unusable.withFacts(facts()) : unusable;
            default -> throw failure;
        };
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
        ForwardedBody body = forwarded;
        if (body != null) {
            body.end();
        }
        call.ended();
        return true;
    }

    private ErrorFacts facts() {
        CallProgress progress = new CallProgress(
                CallPhase.BODY, -1, -1, true, head().provenance().connectionReused());
        return call.translator()
                .facts()
                .withStatus(head().status())
                .withProgress(progress)
                .withRequestId(head().headers().first("X-Request-Id"));
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
