package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.recording.Counter;
import dev.paddock.adapters.http.sim.recording.CounterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lets a fixed number through at a time, the others wait in order of arrival.
 *
 * <p>Whoever leaves while waiting keeps the place in the queue until its turn comes, as in Ollama's scheduler.
 */
final class FifoSemaphore {
    private final CounterRegistry counters;
    private final int places;
    private final Deque<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();
    private int free;

    FifoSemaphore(CounterRegistry counters, int width, int places) {
        this.counters = counters;
        this.free = width;
        this.places = places;
    }

    /**
     * Waits for this exchange's turn.
     *
     * @return false when there is no place left to wait
     */
    boolean acquire(SimulatedExchange exchange) {
        Optional<CompletableFuture<Boolean>> turn = join();
        if (turn.isEmpty()) {
            return false;
        }
        if (!await(turn.get(), exchange)) {
            throw new ClientDisconnectedException();
        }
        return true;
    }

    private boolean await(CompletableFuture<Boolean> turn, SimulatedExchange exchange) {
        if (turn.isDone()) {
            return true;
        }
        CompletableFuture<Void> unused = exchange.disconnection().thenRun(() -> turn.complete(false));
        counters.increment(Counter.REQUESTS_WAITING);
        try {
            return turn.join();
        } finally {
            counters.add(Counter.REQUESTS_WAITING, -1);
        }
    }

    private synchronized Optional<CompletableFuture<Boolean>> join() {
        if (free > 0) {
            free--;
            return Optional.of(CompletableFuture.completedFuture(true));
        }
        if (waiting.size() >= places) {
            return Optional.empty();
        }
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        waiting.addLast(turn);
        return Optional.of(turn);
    }

    synchronized void release() {
        while (!waiting.isEmpty()) {
            if (waiting.removeFirst().complete(true)) {
                return;
            }
        }
        free++;
    }
}
