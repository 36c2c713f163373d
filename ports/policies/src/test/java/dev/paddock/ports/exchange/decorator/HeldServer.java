package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server whose answers have a head and no frames: a call is in progress until its answer is read or closed. */
final class HeldServer implements ExchangePort {

    private final List<ExchangeRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicInteger mostInProgress = new AtomicInteger();
    private volatile int status = 200;
    private volatile @Nullable Frame lastFrame;
    private volatile @Nullable RuntimeException failure;

    /** Answers from now on with the given status. */
    HeldServer answering(int newStatus) {
        status = newStatus;
        return this;
    }

    /** Gives each answer from now on one frame, the last. */
    HeldServer ending(Frame newLastFrame) {
        lastFrame = newLastFrame;
        return this;
    }

    /** Fails the next calls before their answer. */
    HeldServer failing(@Nullable RuntimeException newFailure) {
        failure = newFailure;
        return this;
    }

    List<ExchangeRequest> requests() {
        return requests;
    }

    int inProgress() {
        return inProgress.get();
    }

    int mostInProgress() {
        return mostInProgress.get();
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        requests.add(request);
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        mostInProgress.accumulateAndGet(inProgress.incrementAndGet(), Math::max);
        return new Answer(status);
    }

    private final class Answer implements Exchange {

        private final int answerStatus;
        private final AtomicBoolean ended = new AtomicBoolean();

        Answer(int answerStatus) {
            this.answerStatus = answerStatus;
        }

        @Override
        public ExchangeHead head() {
            return new ExchangeHead(
                    answerStatus, Headers.EMPTY, Framing.DOCUMENT, Provenance.of(new BackendId("http://a:1"), 1, false));
        }

        @Override
        public @Nullable Frame next() {
            Frame frame = ended.get() ? null : lastFrame;
            close();
            return frame;
        }

        @Override
        public AnswerVerdict verdict() {
            return AnswerVerdict.ofStatus(answerStatus);
        }

        @Override
        public void close() {
            if (ended.compareAndSet(false, true)) {
                inProgress.decrementAndGet();
            }
        }
    }
}
