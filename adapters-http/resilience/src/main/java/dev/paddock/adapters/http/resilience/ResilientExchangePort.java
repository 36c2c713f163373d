package dev.paddock.adapters.http.resilience;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Tries again what failed and may be tried again, and gives a failing server a rest.
 *
 * <p>Every attempt passes, in this order: the retry budget of the process, the limit of calls to the server, the circuit to
 * the server, the circuit to the model if the request has one run. The wait before a retry holds none of them; it ends at once when the call is cancelled, and a wait for which
 * the deadline leaves no time is not begun: the last failure or refusal is handed on then, as it came.
 *
 * <p>Nothing is tried again once a frame was handed to the caller: the first frame of an answer is read ahead within
 * {@link #open}. A decorator placed outside sees one call, whose head or failure tells how many attempts it took; one placed
 * inside sees each attempt. Because of the reading ahead, {@code open} may return only when a cold model has been loaded: who
 * wants to stop it before holds the cancellation of its context. Thread-safe.
 */
public final class ResilientExchangePort implements ExchangePort, AutoCloseable {

    private final Retries retries;

    /**
     * Creates the decorator of the port to one server.
     *
     * @param delegate makes one attempt for each call
     * @param backend the server, as the delegate names it
     * @param backendRegistry what the process knows of its servers
     */
    public ResilientExchangePort(ExchangePort delegate, BaseUrl backend, BackendRegistry backendRegistry) {
        this(
                backendRegistry.attemptExecutor(requireNonNull(delegate, "delegate"), requireNonNull(backend, "backend")),
                backendRegistry,
                TimeSource.Sleeper::system,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    ResilientExchangePort(AttemptExecutor attemptExecutor, BackendRegistry backendRegistry, TimeSource.Sleeper sleeper, DoubleSupplier random) {
        this.retries = new Retries(attemptExecutor, backendRegistry, sleeper, random);
    }

    /** Returns the decorator for {@link Stage#RETRY}, which includes the permits and circuits of the server. */
    public static ExchangeDecorator decorator(BaseUrl backend, BackendRegistry backendRegistry) {
        return ExchangeDecorator.of(
                Stage.RETRY, delegate -> new ResilientExchangePort(delegate, backend, backendRegistry));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        RetryBudget.Share share = retries.budget().enter();
        try {
            return new RetryingCall(request, context, retries, share).run();
        } finally {
            share.close();
        }
    }

    /** Ends the waits before retries: those calls fail as closed, and none is tried again. Closing again does nothing. */
    @Override
    public void close() {
        retries.close();
    }
}
