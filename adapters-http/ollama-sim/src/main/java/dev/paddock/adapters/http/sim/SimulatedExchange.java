package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultPlan;
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
final class SimulatedExchange {
    private final IncomingRequest request;
    private final SegmentWriter wire;
    private final FaultPlan faults;
    private final CompletableFuture<Void> departure = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();
    private volatile RequestPhase phase = RequestPhase.ARRIVED;
    private volatile boolean shuffled;

    SimulatedExchange(IncomingRequest request, SegmentWriter wire, FaultPlan faults) {
        this.request = request;
        this.wire = wire;
        this.faults = faults;
        this.shuffled = faults.has(Fault.Quirk.SHUFFLED_KEYS);
    }

    IncomingRequest request() {
        return request;
    }

    SegmentWriter wire() {
        return wire;
    }

    FaultPlan faults() {
        return faults;
    }

    long startedNanos() {
        return startedNanos;
    }

    RequestPhase phase() {
        return phase;
    }

    void setPhase(RequestPhase next) {
        phase = next;
    }

    void shuffleKeys() {
        shuffled = true;
    }

    boolean shuffled() {
        return shuffled;
    }

    /** Called from the event loop when the client has closed or reset the connection, or half of it. */
    void clientDisconnected() {
        departure.complete(null);
    }

    CompletableFuture<Void> disconnection() {
        return departure;
    }

    void requireClientConnected() {
        if (departure.isDone()) {
            throw new ClientDisconnectedException();
        }
    }

    void pause(Duration duration) {
        requireClientConnected();
        if (duration.isZero()) {
            return;
        }
        try {
            departure.get(duration.toNanos(), TimeUnit.NANOSECONDS);
            throw new ClientDisconnectedException();
        } catch (TimeoutException over) {
            requireClientConnected();
        } catch (ExecutionException | InterruptedException stopped) {
            throw new CompletionException(stopped);
        }
    }

    void await(CompletableFuture<Void> event) {
        CompletableFuture.anyOf(event, departure).join();
        requireClientConnected();
    }

    void awaitDisconnection() {
        departure.join();
        throw new ClientDisconnectedException();
    }
}
