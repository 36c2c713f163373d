package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.routing.PlacementClass;
import dev.paddock.domain.routing.RunnerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A change of models that is made on every server. Its answer is that of one of them; the last frame waits for the others, and a failure of
 * one of them is a failure of the whole. Cancelling it cancels all.
 */
final class ChangeCall implements Exchange {

    private static final int NOT_FOUND = 404;

    private final Exchange answer;
    private final List<CompletableFuture<@Nullable LlmException>> others;
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;

    private ChangeCall(
            Exchange answer,
            List<CompletableFuture<@Nullable LlmException>> others,
            Cancellation cancellation,
            Cancellation.Registration registration) {
        this.answer = answer;
        this.others = others;
        this.cancellation = cancellation;
        this.registration = registration;
    }

    /** Returns whether a request changes the models of a server; a push changes only a registry. */
    static boolean isChange(ExchangeRequest request) {
        boolean isUpload = request.operation() == Operation.TRANSFER_BLOB && request.method().equals("POST");
        return isUpload
                || switch (request.operation()) {
                    case PULL_MODEL, CREATE_MODEL, COPY_MODEL, DELETE_MODEL -> true;
                    default -> false;
                };
    }

    /**
     * Makes the change on one server, and when that has begun to answer on all others.
     *
     * @param routes all servers that are to be changed
     * @param first makes the change on the server whose answer is shown
     */
    static Exchange open(ExchangeRequest request, CallContext context, List<OpenRoute> routes, Start first) {
        CallRoute outer = context.get(CallRoute.KEY);
        CallRoute call = outer == null ? new AttemptRoute() : outer;
        Cancellation all = Cancellation.create();
        Cancellation.Registration registration = context.cancellation().onCancel(all::cancel);
        CallContext shared = context.withCancellation(all).with(CallRoute.KEY, call);
        Exchange answer;
        try {
            answer = first.open(shared);
        } catch (RuntimeException | Error failure) {
            registration.close();
            throw failure;
        }
        List<CompletableFuture<@Nullable LlmException>> others = new ArrayList<>();
        if (answer.head().isSuccess()) {
            for (OpenRoute route : routes) {
                if (!route.route().backend().id().equals(call.latest())) {
                    others.add(CompletableFuture.supplyAsync(
                            () -> change(request, shared.with(CallRoute.KEY, new AttemptRoute()), route),
                            task -> Thread.ofVirtual().name("paddock-change").start(task)));
                }
            }
        }
        return new ChangeCall(answer, others, all, registration);
    }

    /** Makes the change on one server; returns why it failed, or null. A model that is not there need not be deleted. */
    private static @Nullable LlmException change(ExchangeRequest request, CallContext context, OpenRoute route) {
        if (!route.enter()) {
            return null;
        }
        BackendId backend = route.route().backend().id();
        RoutedModel none = route.state().model("");
        int unused = route.state().begin(none, PlacementClass.RESIDENT, RunnerOptions.ANY, 0); // a drain waits for it
        try (Exchange exchange = route.route().attempts().open(request, context)) {
            while (exchange.next() != null) {
                // the answer of another server is shown
            }
            boolean isAbsent = exchange.head().status() == NOT_FOUND && request.operation() == Operation.DELETE_MODEL;
            return exchange.head().isSuccess() || isAbsent
                    ? null
                    : new ServerFailedException(
                            "the change failed on " + backend + " with status " + exchange.head().status(),
                            ErrorFacts.NONE.withBackend(backend).withAttempts(1).withStatus(exchange.head().status()));
        } catch (LlmException failure) {
            return failure;
        } finally {
            route.state().end(none);
            route.poller().wake();
            route.leave();
        }
    }

    @Override
    public ExchangeHead head() {
        return answer.head();
    }

    @Override
    public AnswerVerdict verdict() {
        return answer.verdict();
    }

    @Override
    public @Nullable Frame next() {
        Frame frame = answer.next();
        if ((frame == null || frame.isTerminal()) && head().isSuccess()) {
            LlmException first = null;
            for (CompletableFuture<@Nullable LlmException> other : others) { // all of them: a failure must not end the rest
                LlmException failure = other.join();
                first = first == null ? failure : first;
            }
            if (first != null) {
                throw first;
            }
        }
        return frame;
    }

    @Override
    public void close() {
        registration.close();
        cancellation.cancel();
        answer.close();
    }

    /** Starts the change on the server whose answer is shown. */
    @FunctionalInterface
    interface Start {

        Exchange open(CallContext context);
    }
}
