package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
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
import dev.paddock.testsupport.Eventually;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose answers a test gives step by step: for each call that arrives there is one {@link Answer}. */
final class ControlledServer implements ExchangePort {

    private static final Runnable COMPLETE = () -> {};

    private final BlockingQueue<Answer> arrived = new LinkedBlockingQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** Returns how many calls have arrived. */
    int calls() {
        return calls.get();
    }

    /** Waits for the next call and returns its answer. */
    Answer next() {
        return Eventually.next(arrived);
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        calls.incrementAndGet();
        Answer answer = new Answer(request, context);
        context.cancellation().onCancel(answer::cancel);
        arrived.add(answer);
        return answer.awaitHead();
    }

    /** One answer: a test fills it, the code under test reads it. */
    static final class Answer implements Exchange {

        private final ExchangeRequest request;
        private final CallContext context;
        private final BlockingQueue<Object> steps = new LinkedBlockingQueue<>(); // a status, a frame, a failure or the end
        private final AtomicInteger framesRead = new AtomicInteger();
        private volatile int status;
        private volatile boolean cancelled;
        private volatile boolean terminalRead;
        private volatile boolean ended;
        private volatile Runnable onClose = () -> {};

        private Answer(ExchangeRequest request, CallContext context) {
            this.request = request;
            this.context = context;
        }

        ExchangeRequest request() {
            return request;
        }

        CallContext context() {
            return context;
        }

        boolean isCancelled() {
            return cancelled;
        }

        int framesRead() {
            return framesRead.get();
        }

        Answer head(int newStatus) {
            steps.add(newStatus);
            return this;
        }

        Answer frames(String... texts) {
            for (String text : texts) {
                steps.add(Frame.data(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            }
            return this;
        }

        Answer frame(Frame frame) {
            steps.add(frame);
            return this;
        }

        Answer end() {
            steps.add(COMPLETE);
            return this;
        }

        Answer fail(RuntimeException failure) {
            steps.add(failure);
            return this;
        }

        /** Sets what is done when the code under test closes this answer, in its thread. */
        Answer onClose(Runnable action) {
            onClose = action;
            return this;
        }

        private void cancel() {
            if (!ended) {
                cancelled = true;
                steps.add(new CallCancelledException("cancelled", ErrorFacts.NONE));
            }
        }

        private Exchange awaitHead() {
            Object step = Eventually.next(steps);
            if (step instanceof RuntimeException failure) {
                throw failure;
            }
            status = (int) step;
            return this;
        }

        @Override
        public ExchangeHead head() {
            return new ExchangeHead(status, Headers.EMPTY, Framing.LINES, Provenance.of(new BackendId("http://a:1"), 1, false));
        }

        @Override
        public Frame next() {
            Object step = Eventually.next(steps);
            if (step instanceof Frame frame) {
                framesRead.incrementAndGet();
                terminalRead |= frame.isTerminal(); // one thread reads
                return frame;
            }
            ended = true;
            if (step instanceof LlmException failure) {
                throw failure;
            }
            return null;
        }

        @Override
        public AnswerVerdict verdict() {
            return AnswerVerdict.ofStatus(status);
        }

        @Override
        public void close() {
            onClose.run();
            ended |= terminalRead; // as the contract of close says
            cancel();
        }
    }
}
