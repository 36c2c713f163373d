package dev.paddock.adapters.http.sim.recording;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The live counters, with a way to wait for them, and the latest requests; older requests are forgotten so that a long
 * run needs no more memory than a short one. Safe for use by several threads.
 */
public final class Recording {
    private static final int MOST_REQUESTS = 1_000;
    private static final long MOST_CHARACTERS = 64L * 1024 * 1024;

    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    private final Map<String, Long> requestsByPath = new HashMap<>();
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private long characters;

    /** Everything the simulator counts; {@link SimulatorCounters} defines each. */
    public enum Counter {
        CONNECTIONS_ACCEPTED,
        CONNECTIONS_OPEN,
        REQUESTS,
        REQUESTS_WAITING,
        RESPONSES_COMPLETED,
        DISCONNECTS,
        DISCONNECTS_DURING_GENERATION,
        GENERATIONS_STARTED,
        GENERATIONS_COMPLETED,
        TOKENS_SENT,
        LOADS_STARTED,
        LOADS_COMPLETED,
        LOADS_ABORTED,
        MODELS_UNLOADED,
        CONNECTION_CLOSE_HEADERS_SEEN;

        /** Whether this is a current number, which a reset must not change, and not a sum since the start. */
        boolean isGauge() {
            return this == CONNECTIONS_OPEN || this == REQUESTS_WAITING;
        }
    }

    public void increment(Counter counter) {
        add(counter, 1);
    }

    public synchronized void add(Counter counter, long amount) {
        counts.merge(counter, amount, Long::sum);
        notifyAll();
    }

    /** Counts a request and keeps it among the latest. */
    public synchronized void record(RecordedRequest request, boolean keepAlive) {
        requests.addLast(request);
        characters += request.body().length();
        while (requests.size() > MOST_REQUESTS || (characters > MOST_CHARACTERS && requests.size() > 1)) {
            characters -= requests.removeFirst().body().length();
        }
        requestsByPath.merge(request.path(), 1L, Long::sum);
        add(Counter.CONNECTION_CLOSE_HEADERS_SEEN, keepAlive ? 0 : 1);
        increment(Counter.REQUESTS);
    }

    /** Forgets the requests and sets everything that is a sum to zero. */
    public synchronized void reset() {
        requests.clear();
        characters = 0;
        requestsByPath.clear();
        counts.keySet().removeIf(counter -> !counter.isGauge());
        notifyAll();
    }

    /** The latest requests, the oldest first. */
    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The counters of this instant. */
    public synchronized SimulatorCounters snapshot() {
        return new SimulatorCounters(
            count(Counter.CONNECTIONS_ACCEPTED), count(Counter.CONNECTIONS_OPEN), count(Counter.REQUESTS),
            requestsByPath, count(Counter.REQUESTS_WAITING), count(Counter.RESPONSES_COMPLETED),
            count(Counter.DISCONNECTS), count(Counter.DISCONNECTS_DURING_GENERATION),
            count(Counter.GENERATIONS_STARTED), count(Counter.GENERATIONS_COMPLETED), count(Counter.TOKENS_SENT),
            count(Counter.LOADS_STARTED), count(Counter.LOADS_COMPLETED), count(Counter.LOADS_ABORTED),
            count(Counter.MODELS_UNLOADED), count(Counter.CONNECTION_CLOSE_HEADERS_SEEN));
    }

    private long count(Counter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    /** Blocks until the counters satisfy a condition; false when they did not within the limit. */
    public synchronized boolean await(Predicate<SimulatorCounters> condition, Duration limit)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.test(snapshot())) {
            long remaining = end - System.nanoTime();
            if (remaining <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, remaining);
        }
        return true;
    }
}
