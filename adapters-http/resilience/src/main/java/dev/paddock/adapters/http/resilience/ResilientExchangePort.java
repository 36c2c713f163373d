package dev.paddock.adapters.http.resilience;

import static java.util.Objects.requireNonNull;

import dev.failsafe.RetryPolicy;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Retries failed attempts within a budget, and keeps calls from a failing server by circuit breakers.
 *
 * <p>Every attempt passes, in this order: the retry budget of the process, the limit of calls to the server, the circuit breaker of
 * the server, and that of the model if the request runs one. The wait before a retry holds none of them. It ends at once when the
 * call is cancelled. A wait that the deadline does not allow is not begun: the call ends with its last failure or answer.
 *
 * <p>Nothing is retried once a frame was given to the caller: {@link #open} reads the first frame of an answer ahead. Therefore it
 * may return only after the server has loaded a model; the cancellation of the context ends it earlier. A decorator outside sees
 * one call, whose head or failure has the number of attempts; one inside sees each attempt. Thread-safe.
 */
public final class ResilientExchangePort implements ExchangePort, AutoCloseable {

    private final ExchangePort attempts;
    private final Function<ExchangeRequest, Duration> openTime;
    private final Runnable release;
    private final BackendRegistry registry;
    private final TimeSource.Sleeper sleeper;
    private final ResilienceSettings.Retry settings;
    private final RetryPolicy<RetryRules.RetryVerdict> policy;
    private final Cancellation closing = Cancellation.create();

    ResilientExchangePort(
            AttemptExecutor attempts, BackendRegistry registry, TimeSource.Sleeper sleeper, DoubleSupplier random) {
        this(attempts, attempts::remainingOpenTime, attempts::close, registry, sleeper, random);
    }

    private ResilientExchangePort(
            ExchangePort attempts,
            Function<ExchangeRequest, Duration> openTime,
            Runnable release,
            BackendRegistry registry,
            TimeSource.Sleeper sleeper,
            DoubleSupplier random) {
        this.attempts = attempts;
        this.openTime = openTime;
        this.release = release;
        this.registry = registry;
        this.sleeper = sleeper;
        this.settings = registry.settings().retry();
        this.policy = new Backoff(settings, random).policy();
    }

    /** Returns the decorator for {@link Stage#RETRY}, which includes the permits and circuits of the server. */
    public static ExchangeDecorator decorator(BackendId backend, BaseUrl baseUrl, BackendRegistry backendRegistry) {
        requireNonNull(backend, "backend");
        requireNonNull(baseUrl, "baseUrl");
        return ExchangeDecorator.of(
                Stage.RETRY,
                delegate -> new ResilientExchangePort(
                        backendRegistry.attemptExecutor(delegate, backend, baseUrl),
                        backendRegistry,
                        TimeSource.Sleeper::system,
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    /**
     * Returns the decorator for {@link Stage#RETRY} of a port that chooses among several servers, each of which has {@linkplain
     * BackendRegistry#attempts permits and circuits} of its own. An attempt at another server than before does not wait.
     */
    public static ExchangeDecorator overSeveral(BackendRegistry backendRegistry) {
        requireNonNull(backendRegistry, "backendRegistry");
        return ExchangeDecorator.of(
                Stage.RETRY,
                delegate -> new ResilientExchangePort(
                        delegate,
                        request -> Duration.ZERO,
                        () -> {},
                        backendRegistry,
                        TimeSource.Sleeper::system,
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        try (RetryBudget.Share share = registry.budget().enter()) {
            return new RetryingCall(request, context, this, share).run();
        }
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        RetryBudget.Share share = registry.budget().enter();
        Consumer<Settled<Exchange>> closing = opened -> {
            share.close();
            end.accept(opened);
        };
        Settled.begin(closing, () -> new RetryingCall(request, context, this, share).begin(closing));
    }

    /** Ends the waits before retries: those calls fail as closed, and none is tried again. Closing again does nothing. */
    @Override
    public void close() {
        closing.cancel();
        release.run();
    }

    ExchangePort attempts() {
        return attempts;
    }

    /** Returns how long attempts at a request are refused; zero unless a circuit is open. */
    Duration remainingOpenTime(ExchangeRequest request) {
        return openTime.apply(request);
    }

    BackendRegistry registry() {
        return registry;
    }

    RetryPolicy<RetryRules.RetryVerdict> policy() {
        return policy;
    }

    RetryRules rulesFor(ExchangeRequest request) {
        return new RetryRules(request, settings.replay());
    }

    /** Returns whether a server asks for a longer wait than the settings allow. */
    boolean isTooLong(@Nullable Duration askedWait) {
        return askedWait != null && askedWait.compareTo(settings.longestWait()) > 0;
    }

    /** Waits for the given time, until the caller cancels or until the port is closed; returns whether the time has passed. */
    boolean await(Duration time, Cancellation caller) {
        Cancellation either = Cancellation.create();
        Cancellation.Registration ofCaller = caller.onCancel(either::cancel);
        Cancellation.Registration ofClosing = closing.onCancel(either::cancel);
        try {
            return sleeper.sleep(time, either);
        } finally {
            ofCaller.close();
            ofClosing.close();
        }
    }

    boolean isClosed() {
        return closing.isCancelled();
    }
}
