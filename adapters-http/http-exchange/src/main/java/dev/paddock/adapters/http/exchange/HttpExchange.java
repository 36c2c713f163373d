package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.wire.framing.FrameClassifier;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An answer that is read from a transport: it sees to it that there is exactly one outcome. */
final class HttpExchange implements Exchange {

    /** How long the end of a body may take to follow the terminal frame before the connection is given up. */
    private static final Duration PATIENCE_AFTER_TERMINAL = Duration.ofSeconds(1);

    private static final ExchangeOutcome COMPLETE = new ExchangeOutcome(null);

    private final CancellableCall call;
    private final TransportResponse response;
    private final ExchangeHead head;
    private final FrameSource frames;
    private final FrameClassifier classifier;
    private final AtomicReference<@Nullable ExchangeOutcome> outcome = new AtomicReference<>();
    private final AtomicBoolean finishing = new AtomicBoolean();
    private volatile boolean terminalSeen;

    /**
     * Starts the exchange with the head that has arrived.
     *
     * @param frames cuts the body of the response in the way that the head tells
     */
    HttpExchange(CancellableCall call, TransportResponse response, ExchangeHead head, FrameSource frames) {
        this.call = call;
        this.response = response;
        this.head = head;
        this.frames = frames;
        this.classifier = FrameClassifier.of(head.framing());
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public @Nullable Frame next() {
        ExchangeOutcome reached = outcome.get();
        if (reached != null) {
            return reached.repeat();
        }
        if (terminalSeen) {
            return afterTerminal();
        }
        call.timeout().start();
        try {
            return read();
        } catch (TransportException broken) {
            throw fail(call.translate(broken));
        } catch (LlmException unusable) {
            // What divides the body into frames knows nothing of the call.
            throw fail(unusable.facts().attempts() == 0 ? unusable.withFacts(facts()) : unusable);
        } finally {
            call.timeout().stop();
        }
    }

    @Override
    public void close() {
        if (outcome.get() != null) {
            return; // the usual case: there is nothing to read, and no failure needs to be made
        }
        if (terminalSeen) {
            finish();
            return;
        }
        if (end(new ExchangeOutcome(call.translator().closed(facts())))) {
            call.cancel();
            response.close();
        }
    }

    private @Nullable Frame read() {
        byte[] bytes = frames.next();
        if (bytes == null) {
            if (head.framing() != Framing.DOCUMENT) {
                throw new TruncatedResponseException(
                        "the answer of " + head.provenance().backend() + " ended without its last frame", facts());
            }
            end(COMPLETE);
            return null;
        }
        return switch (classifier.classify(bytes)) {
            case DATA -> Frame.data(bytes);
            case TERMINAL -> {
                terminalSeen = true;
                yield Frame.terminal(bytes);
            }
            case FAILURE ->
                throw new GenerationFailedException(
                        head.provenance().backend() + " failed: " + classifier.failureMessage(bytes), facts(), Frame.data(bytes));
        };
    }

    /** Completes an answer of which all was seen that matters: only the end of the body may follow, and soon. */
    private void finish() {
        if (finishing.compareAndSet(false, true)) {
            readAfterTerminal();
            complete();
        }
    }

    /** Returns what follows the terminal frame, if that is wanted at all, or null at the end. */
    private @Nullable Frame afterTerminal() {
        if (!frames.isVerbatim()) {
            finish();
            return null;
        }
        byte[] more = readAfterTerminal();
        if (more == null) {
            complete();
            return null;
        }
        return Frame.data(more);
    }

    /** Reads on for a while; if the end does not come, the answer is complete all the same. */
    private byte @Nullable [] readAfterTerminal() {
        call.timeout().start(PATIENCE_AFTER_TERMINAL);
        try {
            return frames.next();
        } catch (TransportException | LlmException afterwards) {
            // Nothing is lost but the connection, and closing the response sees to that.
            return null;
        } finally {
            call.timeout().stop();
        }
    }

    /** Closing the response before its end closes the connection, so that nothing superfluous is ever taken for an answer. */
    private void complete() {
        end(COMPLETE);
        response.close();
    }

    private LlmException fail(LlmException reason) {
        if (end(new ExchangeOutcome(reason))) {
            response.close();
            return reason;
        }
        // Somebody closed the exchange while this thread was reading: that came first.
        ExchangeOutcome first = outcome.get();
        return first != null && first.failure != null ? first.failure : reason;
    }

    private boolean end(ExchangeOutcome reached) {
        if (!outcome.compareAndSet(null, reached)) {
            return false;
        }
        call.ended();
        return true;
    }

    private ErrorFacts facts() {
        CallProgress progress = new CallProgress(
                CallPhase.BODY, -1, -1, true, head.provenance().connectionReused());
        return call.translator().facts().withStatus(head.status()).withProgress(progress);
    }

    /** How the exchange ended: complete when there is no failure. */
    private record ExchangeOutcome(@Nullable LlmException failure) {

        private @Nullable Frame repeat() {
            if (failure != null) {
                throw failure;
            }
            return null;
        }
    }
}
