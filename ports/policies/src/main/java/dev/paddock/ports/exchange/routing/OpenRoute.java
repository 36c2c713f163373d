package dev.paddock.ports.exchange.routing;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A route in use: it is closed when it was removed and its last call has ended, so that no call is lost. Thread-safe. */
final class OpenRoute {

    private static final long REMOVED = 1L << 62;

    private final Route route;
    private final RoutedBackend state;
    private final BackendPoller poller;
    private final BackendDirectory directory;
    private final AtomicLong users = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Creates the route; it releases the state of its server when it is closed. */
    OpenRoute(Route route, RoutedBackend state, BackendPoller poller, BackendDirectory directory) {
        this.route = route;
        this.state = state;
        this.poller = poller;
        this.directory = directory;
    }

    Route route() {
        return route;
    }

    RoutedBackend state() {
        return state;
    }

    BackendPoller poller() {
        return poller;
    }

    /** Counts a call in; returns whether the route may still be used. */
    boolean enter() {
        if (users.incrementAndGet() < REMOVED) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        if (users.decrementAndGet() == REMOVED) {
            closeOnce();
        }
    }

    /** Takes no further calls, and closes the route once the present ones have ended. */
    void remove() {
        poller.close();
        if (users.getAndAdd(REMOVED + 1) < REMOVED) {
            leave();
        }
    }

    /** Closes the route now, and with it the calls in progress. */
    void close() {
        poller.close();
        closeOnce();
    }

    boolean isClosed() {
        return closed.get();
    }

    private void closeOnce() {
        if (closed.compareAndSet(false, true)) {
            directory.release(route.backend());
            route.closing().run();
        }
    }
}
