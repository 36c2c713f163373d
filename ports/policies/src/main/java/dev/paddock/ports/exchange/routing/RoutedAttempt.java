package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.PlacementClass;
import dev.paddock.domain.routing.RunnerOptions;

/** One attempt at one server, and what it teaches. */
final class RoutedAttempt {

    private final OpenRoute route;
    private final RoutedModel model;
    private final PlacementClass placement;
    private final RunnerOptions options;
    private final RouteExchangePort port;
    private final long startedAt;
    private final int inFlight;
    private final boolean runsModel;
    private volatile AttemptSignal signalAtEnd = AttemptSignal.NEUTRAL; // of an answer that does not break
    private boolean loading; // confined to the thread of the call until the answer has begun

    /**
     * Begins an attempt.
     *
     * @param runsModel whether it teaches something of the model, and not only of the server
     */
    RoutedAttempt(
            RouteExchangePort port,
            OpenRoute route,
            RoutedModel model,
            PlacementClass placement,
            RunnerOptions options,
            boolean runsModel,
            long now) {
        this.runsModel = runsModel;
        this.port = port;
        this.route = route;
        this.model = model;
        this.placement = placement;
        this.options = options;
        this.startedAt = now;
        this.loading = placement.beginsLoad();
        this.inFlight = route.state().begin(model, placement, options, now);
    }

    OpenRoute route() {
        return route;
    }

    /**
     * Notes the answer up to its first frame.
     *
     * @param isWhole whether the server began it only after it was generated: its time says nothing of a load
     */
    void answered(AnswerVerdict verdict, boolean isWhole) {
        long now = port.now();
        boolean hasLoaded = loading;
        endLoading();
        signalAtEnd = AttemptSignal.of(verdict);
        if (signalAtEnd != AttemptSignal.ANSWERED) {
            port.report(route, signalAtEnd);
            signalAtEnd = AttemptSignal.NEUTRAL;
        }
        if (verdict != AnswerVerdict.OK || !runsModel || model.name().isEmpty()) {
            return;
        }
        route.state().answered(model, options, now);
        if (hasLoaded) {
            if (!isWhole) {
                model.addLoad(now - startedAt, now);
            }
            route.poller().wake();
        } else if (placement == PlacementClass.RESIDENT) {
            model.addFirstFrame(now - startedAt, now);
        }
    }

    /** Notes that there was no answer. */
    void failed(LlmException failure) {
        endLoading();
        if (AttemptSignal.isRefusal(failure)) {
            model.refuse(failure.facts().retryAfter(), port.now());
        }
        finish(AttemptSignal.of(failure));
    }

    /** Ends the attempt without a lesson. */
    void discard() {
        endLoading();
        finish(AttemptSignal.NEUTRAL);
    }

    /** Notes that the server does not have the model. */
    void missed() {
        model.missed(port.now());
    }

    /**
     * Notes the end of the answer.
     *
     * @param timings where its time went, by the server's clock
     */
    void ended(ExchangeOutcome outcome, Timings timings) {
        switch (outcome) {
            case ExchangeOutcome.Complete complete -> {
                if (timings.queued() != null) {
                    model.addWait(inFlight, timings.isQueued());
                }
                long now = port.now();
                if (runsModel && placement == PlacementClass.RESIDENT) {
                    model.addService(now - startedAt, now);
                }
                finish(signalAtEnd);
            }
            case ExchangeOutcome.Failed(LlmException reason) -> finish(AttemptSignal.of(reason));
            case ExchangeOutcome.Cancelled cancelled -> finish(signalAtEnd);
        }
    }

    private void endLoading() {
        if (loading) {
            loading = false;
            route.state().endLoading(model);
        }
    }

    private void finish(AttemptSignal signal) {
        route.state().end(model);
        port.report(route, signal);
        route.leave();
    }
}
