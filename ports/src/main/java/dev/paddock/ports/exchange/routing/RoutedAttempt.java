package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.PlacementClass;
import dev.paddock.domain.routing.RunnerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
        this.loading = placement != PlacementClass.RESIDENT;
        this.inFlight = route.state().begin(model, placement, options, now);
    }

    OpenRoute route() {
        return route;
    }

    /** Notes the answer up to its first frame. */
    void answered(AnswerVerdict verdict) {
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
            model.addLoad(now - startedAt, now);
            route.poller().wake();
        } else {
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

    /** Notes the last frame. */
    void terminated(Frame last) {
        Timings timings = port.traits().timings(last);
        Duration total = timings.total();
        Duration waited = waited(timings);
        if (total != null && waited != null) {
            model.addWait(inFlight, waited, total);
        }
    }

    /** Returns how long the server let the call wait for others, or null when it does not say. */
    private static @Nullable Duration waited(Timings timings) {
        if (timings.total() == null || timings.evaluation() == null) {
            return null;
        }
        Duration rest = timings.total().minus(timings.evaluation());
        rest = timings.load() == null ? rest : rest.minus(timings.load());
        rest = timings.promptEvaluation() == null ? rest : rest.minus(timings.promptEvaluation());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Notes the end of the answer. */
    void ended(ExchangeOutcome outcome) {
        switch (outcome) {
            case ExchangeOutcome.Complete complete -> {
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
