package dev.paddock.bootstrap.spring;

import static java.util.Objects.requireNonNull;

import org.springframework.context.SmartLifecycle;

/**
 * Lets the calls in progress end when the application stops, after everything that makes calls: web servers, listeners and executors stop
 * in earlier phases. Spring waits for it at most {@code spring.lifecycle.timeout-per-shutdown-phase}; the client is closed then, which ends
 * the calls that are left. Thread-safe.
 */
final class GracefulShutdown implements SmartLifecycle {

    private static final int AFTER_CALLERS = -1024;

    private final CallsInProgress calls;
    private volatile boolean running;

    GracefulShutdown(CallsInProgress calls) {
        this.calls = requireNonNull(calls, "calls");
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void stop(Runnable callback) {
        stop();
        calls.whenNone(callback);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_CALLERS;
    }
}
