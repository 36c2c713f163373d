package dev.paddock.adapters.http.sim;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request on its way to an answer.
 *
 * <p>Everything that takes time waits here, so that a client that leaves is noticed at once, whatever the handler is
 * doing.
 */
final class Exchange {
    private final IncomingRequest request;
    private final Wire wire;
    private final FaultPlan faults;
    private final CompletableFuture<Void> departure = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();
    private volatile Phase phase = Phase.ARRIVED;
    private volatile boolean shuffled;

    Exchange(IncomingRequest request, Wire wire, FaultPlan faults) {
        this.request = request;
        this.wire = wire;
        this.faults = faults;
        this.shuffled = faults.has(Fault.Quirk.SHUFFLED_KEYS);
    }

    IncomingRequest request() {
        return request;
    }

    Wire wire() {
        return wire;
    }

    FaultPlan faults() {
        return faults;
    }

    long startedNanos() {
        return startedNanos;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    void shuffleKeys() {
        shuffled = true;
    }

    boolean shuffled() {
        return shuffled;
    }

    /** Called from the event loop when the client has closed or reset the connection, or half of it. */
    void clientLeft() {
        departure.complete(null);
    }

    CompletableFuture<Void> departure() {
        return departure;
    }

    void requireClient() {
        if (departure.isDone()) {
            throw new ClientGoneException();
        }
    }

    void pause(Duration duration) {
        requireClient();
        if (duration.isZero()) {
            return;
        }
        try {
            departure.get(duration.toNanos(), TimeUnit.NANOSECONDS);
            throw new ClientGoneException();
        } catch (TimeoutException over) {
            requireClient();
        } catch (ExecutionException | InterruptedException stopped) {
            throw new CompletionException(stopped);
        }
    }

    void await(CompletableFuture<Void> event) {
        CompletableFuture.anyOf(event, departure).join();
        requireClient();
    }

    void stall() {
        departure.join();
        throw new ClientGoneException();
    }
}
