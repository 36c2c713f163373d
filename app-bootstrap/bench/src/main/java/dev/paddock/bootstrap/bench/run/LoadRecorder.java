package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.result.ModeResult.LoadCounts;
import dev.paddock.bootstrap.bench.result.ModeResult.Punctuality;
import dev.paddock.bootstrap.bench.run.Benchmark.LoadProgress;
import dev.paddock.bootstrap.bench.run.Sample.FailedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records the measurements while a load runs. Of a number of requests each part has as many as the others, in the order in which they
 * end; of a time each part has as much as the others. So the parts have no gap between them, and their durations add up to the whole
 * duration. Thread-safe.
 */
final class LoadRecorder {

    private static final int DIGITS = 3;

    private final Lock lock = new ReentrantLock();
    private final LoadPlan plan;
    private final LoadSize size;
    private final long start;
    private final List<RequestStatistics> parts = new ArrayList<>(); // guarded by lock, as all below
    private final List<Long> ends = new ArrayList<>();
    private final Map<String, RequestStatistics> byModel = new LinkedHashMap<>();
    private final Timeline timeline;
    private int ended;
    private int failed;
    private long repeated;
    private long scheduled;
    private long late;
    private long longestDelay;
    private long waited;

    /** Creates a recorder of a load that starts at the given time of the {@link LoadClock}. */
    LoadRecorder(LoadPlan plan, long start) {
        this.plan = requireNonNull(plan, "plan");
        this.size = plan.size();
        this.start = start;
        this.timeline = new Timeline(start);
        plan.workload().models().forEach(model -> byModel.put(model.value(), statistics()));
    }

    /** Records that a conversation of an open loop started, with its delay. */
    void addArrival(long delay) {
        lock.lock();
        try {
            scheduled++;
            late += delay > Punctuality.LATE.toNanos() ? 1 : 0;
            longestDelay = Math.max(longestDelay, delay);
        } finally {
            lock.unlock();
        }
    }

    /** Records the start of a request. */
    void start(long time) {
        lock.lock();
        try {
            waited += timeline.inFlight() >= plan.loadRate().callers() ? 1 : 0;
            timeline.start(time);
        } finally {
            lock.unlock();
        }
    }

    /** Records that a request was cancelled. */
    void cancel(long time) {
        lock.lock();
        try {
            timeline.end(time);
        } finally {
            lock.unlock();
        }
    }

    /** Records the end of a request that was started. */
    void add(Sample sample, boolean isRepeated) {
        lock.lock();
        try {
            int part = partOf(sample);
            while (parts.size() <= part) {
                parts.add(statistics());
                ends.add(start);
            }
            parts.get(part).add(sample);
            ends.set(part, Math.max(ends.get(part), sample.ended()));
            requireNonNull(byModel.get(sample.model()), "model of the load").add(sample);
            timeline.end(sample);
            ended++;
            repeated += isRepeated ? 1 : 0;
            failed += sample.outcome() instanceof FailedRequest ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    private RequestStatistics statistics() {
        return new RequestStatistics(DIGITS, plan.limits());
    }

    private int partOf(Sample sample) {
        Duration duration = size.measured().duration();
        long part = duration == null
                ? (long) ended * size.parts() / size.measured().most()
                : Math.max(0, sample.ended() - start) / Math.max(1, duration.toNanos() / size.parts());
        return (int) Math.min(size.parts() - 1, part);
    }

    LoadProgress progress(boolean measured) {
        lock.lock();
        try {
            return new LoadProgress(ended, failed, size.measured(), measured);
        } finally {
            lock.unlock();
        }
    }

    ModeResult result(Mode mode, Connections connections) {
        lock.lock();
        try {
            RequestStatistics all = statistics();
            List<Figures> figures = new ArrayList<>();
            long from = start;
            for (int part = 0; part < parts.size(); part++) {
                long end = endOf(part);
                all.add(parts.get(part));
                figures.add(parts.get(part).figures(Duration.ofNanos(end - from)));
                from = end;
            }
            Duration elapsed = Duration.ofNanos(from - start);
            Map<String, Figures> models = new LinkedHashMap<>();
            if (plan.workload().models().size() > 1) {
                byModel.forEach((model, statistics) -> models.put(model, statistics.figures(elapsed)));
            }
            boolean isOpen = plan.loadRate().arrivals() != null;
            return new ModeResult(
                    mode,
                    all.figures(elapsed),
                    figures,
                    models,
                    all.distributions(),
                    timeline.points(),
                    connections,
                    new LoadCounts(
                            repeated,
                            all.inputTokens(),
                            all.outputTokens(),
                            all.limitCounts(),
                            isOpen ? punctuality(mode) : null));
        } finally {
            lock.unlock();
        }
    }

    private long endOf(int part) {
        Duration duration = size.measured().duration();
        boolean isLast = part == parts.size() - 1;
        return duration == null || isLast ? ends.get(part) : start + (part + 1) * (duration.toNanos() / size.parts());
    }

    private Punctuality punctuality(Mode mode) {
        return new Punctuality(scheduled, late, Duration.ofNanos(longestDelay), mode == Mode.UNPOOLED ? 0 : waited);
    }
}
