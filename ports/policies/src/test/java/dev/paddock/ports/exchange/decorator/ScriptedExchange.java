package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** An exchange that follows a script; after its last step it is complete. */
final class ScriptedExchange implements Exchange {

    private final int status;
    private final Queue<Step> steps;
    private final Framing framing;
    private AnswerVerdict verdict;
    private int timesClosed;

    ScriptedExchange(int status, List<Step> steps) {
        this(status, Framing.LINES, steps);
    }

    ScriptedExchange(int status, Framing framing, List<Step> steps) {
        this.status = status;
        this.verdict = AnswerVerdict.ofStatus(status);
        this.framing = framing;
        this.steps = new ArrayDeque<>(steps);
    }

    int timesClosed() {
        return timesClosed;
    }

    @Override
    public ExchangeHead head() {
        return new ExchangeHead(status, Headers.EMPTY, framing, Provenance.of(new BackendId("http://a:1"), 1, false));
    }

    ScriptedExchange judged(AnswerVerdict newVerdict) {
        verdict = newVerdict;
        return this;
    }

    @Override
    public AnswerVerdict verdict() {
        return verdict;
    }

    @Override
    public Frame next() {
        Step step = steps.poll();
        return step == null ? null : step.take();
    }

    @Override
    public void close() {
        timesClosed++;
    }

    /** One pull: gives a frame or throws. */
    @FunctionalInterface
    interface Step {

        Frame take();
    }
}
