package dev.paddock.adapters.http.resilience;

import dev.failsafe.Execution;
import dev.paddock.adapters.http.resilience.RetryRules.RetryVerdict;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.ports.exchange.routing.CallRoute;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The attempts of one call. It ends before the caller gets anything. Confined to one thread. */
final class RetryingCall extends CallRoute {

    private final ExchangeRequest request;
    private final CallContext context;
    private final @Nullable AttemptExecutor executor; // null when there are several servers
    private final CallContext routed; // of each attempt
    private final ResilientExchangePort port;
    private final RetryBudget.Share share;
    private final RetryRules rules;
    private final long startNanos;
    private @Nullable Execution<RetryVerdict> execution; // counts the retries; made when the first is considered
    private int attempts; // none for a call that was refused before anything was sent
    private boolean replayed;
    private @Nullable BackendId answerer; // of the latest attempt, or the server that it failed at
    private Duration wait = Duration.ZERO; // before the next attempt
    private @Nullable AdmittedAttempt latest; // at each server only the last attempt counts for the circuits

    RetryingCall(ExchangeRequest request, CallContext context, ResilientExchangePort port, RetryBudget.Share share) {
        this.request = request;
        this.context = context;
        this.executor = port.attempts() instanceof AttemptExecutor only ? only : null;
        this.routed = executor == null ? context.with(CallRoute.KEY, this) : context;
        this.port = port;
        this.share = share;
        this.rules = port.rulesFor(request);
        this.startNanos = port.registry().ticker().nanos();
    }

    Exchange run() {
        return settled(this::attemptOnce);
    }

    /** Runs without letting the calling thread wait: what follows a first attempt that has failed goes on in a thread that may. */
    void begin(Consumer<? super Settled<Exchange>> end) {
        Consumer<Settled<Exchange>> attempted = opened -> {
            Settled<AttemptResult> first = Settled.by(() -> result(opened::get));
            boolean waits = first.isValue() && !isFinal(first.get());
            WaitingThread.run(waits, () -> end.accept(Settled.by(() -> settled(first::get))));
        };
        if (executor == null) {
            port.attempts().begin(request, routed, attempted);
        } else {
            executor.begin(request, context, this::admitted, attempted);
        }
    }

    private Exchange settled(Supplier<AttemptResult> first) {
        try {
            return answer(first);
        } finally {
            if (latest != null) {
                latest.settle();
            }
        }
    }

    private boolean isFinal(AttemptResult result) {
        return !rules.metStaleConnection(result) && rules.verdict(result, hasAlternative()).rule() == RetryRule.FINAL;
    }

    private Exchange answer(Supplier<AttemptResult> first) {
        AttemptResult result = attempt(first);
        while (shallRepeat(result)) {
            if (result instanceof AttemptResult.AnsweredAttempt(Exchange refusal)) {
                refusal.close(); // a small body was read to its end, and then the connection is released already
            }
            discardLatest();
            if (!port.await(wait, context.cancellation())) {
                throw stopped();
            }
            result = attempt(this::attemptOnce);
        }
        return switch (result) {
            case AttemptResult.AnsweredAttempt(Exchange answer) when attempts > 1 -> new RetriedExchange(answer);
            case AttemptResult.AnsweredAttempt(Exchange answer) -> answer;
            case AttemptResult.FailedAttempt(LlmException failure) -> throw annotate(failure);
        };
    }

    private boolean shallRepeat(AttemptResult result) {
        RetryVerdict verdict = rules.verdict(result, hasAlternative());
        if (verdict.rule() == RetryRule.FINAL) {
            return false;
        }
        RetryDecision decision = decide(verdict);
        count(decision);
        return decision == RetryDecision.GRANTED;
    }

    private RetryDecision decide(RetryVerdict verdict) {
        Execution<RetryVerdict> counted = execution == null ? Execution.of(port.policy()) : execution;
        execution = counted;
        int retriesBefore = counted.getAttemptCount();
        counted.recordResult(verdict);
        return switch (verdict.rule()) {
            case FINAL, NOT_RETRYABLE -> RetryDecision.POINTLESS;
            case NOT_SAFE -> RetryDecision.NOT_SAFE;
            case CLIENT_RETRIES -> RetryDecision.LEFT_TO_CALLER;
            case RETRY, RETRY_ONCE ->
                counted.isComplete() || !verdict.rule().allowsAfter(retriesBefore)
                        ? RetryDecision.EXHAUSTED
                        : decideAbout(verdict, counted.getDelay());
        };
    }

    private RetryDecision decideAbout(RetryVerdict verdict, Duration delay) {
        wait = hasAlternative() ? Duration.ZERO : delay;
        if ((!hasAlternative() && port.isTooLong(verdict.askedWait())) || !fitsDeadline()) {
            return RetryDecision.NO_TIME;
        }
        if (!hasAlternative() && port.remainingOpenTime(request).compareTo(wait) > 0) {
            return RetryDecision.CIRCUIT_OPEN;
        }
        return share.request(verdict.cost(), hasAlternative());
    }

    private boolean fitsDeadline() {
        Deadline deadline = context.deadline();
        return deadline == null || wait.compareTo(deadline.remaining()) < 0;
    }

    /** Makes an attempt, and at once another if the first met a stale connection; that one is free, but only once a call. */
    private AttemptResult attempt(Supplier<AttemptResult> first) {
        AttemptResult result = first.get();
        if (replayed || !rules.metStaleConnection(result) || context.cancellation().isCancelled()) {
            return result;
        }
        replayed = true;
        discardLatest();
        count(RetryDecision.TRANSPARENT);
        return attemptOnce();
    }

    /** Takes an attempt that was admitted. One before it was sent to another server, where this call makes no further one. */
    void admitted(AdmittedAttempt attempt) {
        if (latest != null) {
            latest.settle();
        }
        latest = attempt;
    }

    private void discardLatest() {
        if (latest != null && hasAlternative()) {
            latest.settle();
        } else if (latest != null) {
            latest.discard();
        }
        latest = null;
    }

    private AttemptResult attemptOnce() {
        return result(() -> executor == null
                ? port.attempts().open(request, routed)
                : executor.open(request, context, this::admitted));
    }

    private AttemptResult result(Supplier<Exchange> opening) {
        try {
            Exchange exchange = opening.get();
            attempts += exchange.head().provenance().attempts();
            answerer = exchange.head().provenance().backend();
            return new AttemptResult.AnsweredAttempt(exchange);
        } catch (LlmException failure) {
            attempts += failure.facts().attempts();
            answerer = failure.facts().backend();
            return new AttemptResult.FailedAttempt(failure);
        }
    }

    private LlmException stopped() {
        ErrorFacts facts = answerer == null ? ErrorFacts.NONE : ErrorFacts.NONE.withBackend(answerer);
        return annotate(port.isClosed()
                ? new ClientClosedException("the client was closed before the next attempt of the call", facts)
                : new CallCancelledException("the call was cancelled before its next attempt", facts));
    }

    private void count(RetryDecision decision) {
        port.registry().metrics().count(
                ResilienceMetrics.RETRIES.with(request.operation().label(), decision.label()), 1);
    }

    /** Returns the failure with the attempts and the time of the whole call, not of its last attempt only. */
    private LlmException annotate(LlmException failure) {
        Duration elapsed = Duration.ofNanos(port.registry().ticker().nanos() - startNanos);
        return failure.withFacts(failure.facts().withAttempts(attempts).withElapsed(elapsed));
    }

    /** The result of one attempt. */
    sealed interface AttemptResult {

        /** The server answered, possibly with an error status. */
        record AnsweredAttempt(Exchange exchange) implements AttemptResult {}

        /** No answer, or one that broke before its first frame. */
        record FailedAttempt(LlmException failure) implements AttemptResult {}
    }

    /** An answer that took more than one attempt: its head and its failure have the number of attempts. */
    private final class RetriedExchange extends ForwardingExchange {

        private final ExchangeHead head;
        private @Nullable LlmException failure; // confined to the thread that pulls or forwards

        private RetriedExchange(Exchange answer) {
            super(answer);
            this.head = answer.head().withProvenance(answer.head().provenance().withAttempts(attempts));
        }

        @Override
        public ExchangeHead head() {
            return head;
        }

        @Override
        public @Nullable Frame next() {
            requireSound();
            try {
                return super.next();
            } catch (LlmException ofAttempt) {
                throw keep(ofAttempt);
            }
        }

        @Override
        public void forward(FrameSink sink, ForwardEnd end) {
            if (failure != null) {
                end.ended(failure);
                return;
            }
            super.forward(sink, thrown -> end.ended(thrown instanceof LlmException ofAttempt ? keep(ofAttempt) : thrown));
        }

        private void requireSound() {
            if (failure != null) {
                throw failure;
            }
        }

        private LlmException keep(LlmException ofAttempt) {
            LlmException ofCall = annotate(ofAttempt);
            failure = ofCall;
            return ofCall;
        }
    }
}
