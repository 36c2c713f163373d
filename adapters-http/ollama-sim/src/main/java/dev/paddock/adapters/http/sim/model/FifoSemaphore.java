package dev.paddock.adapters.http.sim.model;

import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.recording.Recording;
import dev.paddock.adapters.http.sim.recording.Recording.Counter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of permits, with a bounded queue in order of arrival.
 *
 * <p>A client that disconnects while it waits keeps its place in the queue until its turn comes, as in Ollama's
 * scheduler.
 */
public final class FifoSemaphore {
    private final Recording counters;
    private final int places;
    private final Deque<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();
    private int free;

    FifoSemaphore(Recording counters, int permits, int places) {
        this.counters = counters;
        this.free = permits;
        this.places = places;
    }

    /**
     * Waits for a permit.
     *
     * @return false when there is no place left to wait
     */
    public boolean acquire(SimulatedExchange exchange) {
        CompletableFuture<Boolean> turn = join();
        if (turn == null) {
            return false;
        }
        if (!turn.isDone()) {
            CompletableFuture<Void> unused = exchange.disconnection().thenRun(() -> turn.complete(false));
            counters.increment(Counter.REQUESTS_WAITING);
            try {
                turn.join();
            } finally {
                counters.add(Counter.REQUESTS_WAITING, -1);
            }
        }
        if (!turn.join()) {
            exchange.requireClientConnected();
        }
        return true;
    }

    private synchronized @Nullable CompletableFuture<Boolean> join() {
        if (free > 0) {
            free--;
            return CompletableFuture.completedFuture(true);
        }
        if (waiting.size() >= places) {
            return null;
        }
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        waiting.addLast(turn);
        return turn;
    }

    public synchronized void release() {
        while (!waiting.isEmpty()) {
            if (waiting.removeFirst().complete(true)) {
                return;
            }
        }
        free++;
    }
}
