package dev.paddock.adapters.http.gateway.operations;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Provenance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What operators want to know of requests: how many there were by outcome since the start, the slowest and the failed ones of the last
 * minutes, and the time to the first frame by server and model. Requests that the gateway answers itself do not count. Nothing of their content is kept, and
 * the memory is bounded. Thread-safe.
 */
final class RecentRequests implements AccessLog {

    static final Duration PERIOD = Duration.ofMinutes(10);

    private static final String OF_GATEWAY = "gateway";
    private static final String OK = "ok";
    private static final int MOST_SHOWN = 20;
    private static final int MOST_SERIES = 200;
    private static final int MOST_TIMES = 256;
    private static final Comparator<AccessRecord> BY_TIME = Comparator.comparing(request -> request.timing().total());

    private final AccessLog delegate;
    private final InstantSource clock;
    private final Lock lock = new ReentrantLock();
    private final Map<String, Long> outcomes = new TreeMap<>(); // this and all below are guarded by lock
    private final Deque<AccessRecord> failed = new ArrayDeque<>();
    private final List<AccessRecord> slowest = new ArrayList<>();
    private final Map<Series, FirstFrames> firstFrames = new LinkedHashMap<>();

    /** Creates an observer of the requests on their way to a log. */
    RecentRequests(AccessLog delegate, InstantSource clock) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public void add(AccessRecord ended) {
        delegate.add(ended);
        if (!ended.request().operation().equals(OF_GATEWAY)) {
            lock.lock();
            try {
                observe(ended);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() {
        delegate.close();
    }

    private void observe(AccessRecord ended) {
        outcomes.merge(ended.answer().outcome(), 1L, Long::sum);
        if (!ended.answer().outcome().equals(OK)) {
            failed.addFirst(ended);
            if (failed.size() > MOST_SHOWN) {
                failed.removeLast();
            }
        }
        observeTime(ended);
        Provenance provenance = ended.provenance();
        Duration firstFrame = ended.timing().firstFrame();
        String model = ended.request().model();
        if (provenance != null && firstFrame != null && model != null && ended.answer().outcome().equals(OK)) {
            Series series = new Series(provenance.backend().value(), model);
            if (firstFrames.size() < MOST_SERIES || firstFrames.containsKey(series)) {
                firstFrames.computeIfAbsent(series, first -> new FirstFrames()).add(firstFrame);
            }
        }
    }

    private void observeTime(AccessRecord ended) {
        removeOld(slowest);
        if (slowest.size() < MOST_SHOWN) {
            slowest.add(ended);
            return;
        }
        AccessRecord fastest = slowest.stream().min(BY_TIME).orElseThrow();
        if (BY_TIME.compare(ended, fastest) > 0) {
            slowest.remove(fastest);
            slowest.add(ended);
        }
    }

    private void removeOld(Collection<AccessRecord> requests) {
        Instant oldest = clock.instant().minus(PERIOD);
        requests.removeIf(request -> request.time().isBefore(oldest));
    }

    /** Returns all of it as JSON. */
    Map<String, @Nullable Object> report() {
        lock.lock();
        try {
            removeOld(slowest);
            removeOld(failed);
            return PlainJson.object(
                    "outcomes", Map.copyOf(outcomes),
                    "slowest", slowest.stream().sorted(BY_TIME.reversed()).map(RecentRequests::json).toList(),
                    "failed", failed.stream().map(RecentRequests::json).toList(),
                    "first_frames", firstFrames.entrySet().stream().map(series -> json(series.getKey(), series.getValue())).toList());
        } finally {
            lock.unlock();
        }
    }

    private static Map<String, @Nullable Object> json(AccessRecord request) {
        Duration firstFrame = request.timing().firstFrame();
        return PlainJson.object(
                "time", request.time().toString(),
                "id", request.request().id(),
                "operation", request.request().operation(),
                "model", request.request().model(),
                "backend", request.provenance() == null ? null : request.provenance().backend().value(),
                "status", request.answer().status(),
                "outcome", request.answer().outcome(),
                "first_frame_ms", firstFrame == null ? null : milliseconds(firstFrame),
                "total_ms", milliseconds(request.timing().total()));
    }

    private static Map<String, @Nullable Object> json(Series series, FirstFrames times) {
        return PlainJson.object(
                "backend", series.backend(), "model", series.model(), "p50_ms", times.quantile(0.5), "p99_ms", times.quantile(0.99));
    }

    private static double milliseconds(Duration time) {
        return Math.round(time.toNanos() / 1e3) / 1e3;
    }

    private record Series(String backend, String model) {}

    /** The last times to the first frame. */
    private static final class FirstFrames {

        private final long[] nanos = new long[MOST_TIMES];
        private long count;

        void add(Duration time) {
            nanos[(int) (count++ % MOST_TIMES)] = time.toNanos();
        }

        double quantile(double quantile) {
            long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, MOST_TIMES));
            Arrays.sort(sorted);
            return Math.round(sorted[(int) Math.ceil(quantile * sorted.length) - 1] / 1e3) / 1e3;
        }
    }
}
