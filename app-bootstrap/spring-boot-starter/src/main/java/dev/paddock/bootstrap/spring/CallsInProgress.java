package dev.paddock.bootstrap.spring;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts the calls of a client that have not ended, so that the application can wait for them when it stops. Thread-safe. */
final class CallsInProgress implements ExchangeDecorator {

    private final Lock lock = new ReentrantLock();
    private int count; // guarded by lock
    private @Nullable Runnable whenNone; // guarded by lock

    @Override
    public Stage stage() {
        return Stage.MEASURE;
    }

    @Override
    public ExchangePort decorate(ExchangePort delegate) {
        return (request, context) -> open(delegate, request, context);
    }

    private Exchange open(ExchangePort delegate, ExchangeRequest request, CallContext context) {
        begun();
        try {
            return new CountedExchange(delegate.open(request, context));
        } catch (RuntimeException | Error failure) {
            ended();
            throw failure;
        }
    }

    /** Runs an action once, as soon as no call is in progress; at once when there is none. */
    void whenNone(Runnable action) {
        requireNonNull(action, "action");
        lock.lock();
        try {
            if (count > 0) {
                whenNone = action;
                return;
            }
        } finally {
            lock.unlock();
        }
        action.run();
    }

    private void begun() {
        lock.lock();
        try {
            count++;
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        Runnable action = null;
        lock.lock();
        try {
            count--;
            if (count == 0) {
                action = whenNone;
                whenNone = null;
            }
        } finally {
            lock.unlock();
        }
        if (action != null) {
            action.run();
        }
    }

    private final class CountedExchange extends ForwardingExchange {

        CountedExchange(Exchange delegate) {
            super(delegate);
        }

        @Override
        protected void ended(ExchangeOutcome outcome) {
            CallsInProgress.this.ended();
        }
    }
}
