package dev.paddock.bootstrap.bench.run;

import dev.paddock.bootstrap.bench.load.RequestCount;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.run.Benchmark.LoadProgress;
import dev.paddock.bootstrap.bench.run.Sample.FailedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records the measurements while a load runs. Requests are assigned to repetitions in the order in which they end, so that the
 * repetitions have no gap between them and their durations add up to the whole duration. Thread-safe.
 */
final class LoadRecorder {

    private static final int DIGITS = 3;

    private final Lock lock = new ReentrantLock();
    private final RequestCount count;
    private final long start;
    private final List<RequestStatistics> repetitions = new ArrayList<>(); // guarded by lock, as all below
    private final List<Long> ends = new ArrayList<>();
    private final Timeline timeline;
    private int ended;
    private int failed;

    /** Creates a recorder of a load that starts at the given {@link System#nanoTime}. */
    LoadRecorder(RequestCount count, long start) {
        this.count = count;
        this.start = start;
        this.timeline = new Timeline(start);
    }

    void add(Sample sample) {
        lock.lock();
        try {
            int repetition = (int) ((long) ended * count.repetitions() / count.requests());
            if (repetition == repetitions.size()) {
                repetitions.add(new RequestStatistics(DIGITS));
                ends.add(sample.ended());
            }
            repetitions.get(repetition).add(sample);
            ends.set(repetition, Math.max(ends.get(repetition), sample.ended()));
            timeline.add(sample);
            ended++;
            failed += sample.outcome() instanceof FailedRequest ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    LoadProgress progress(boolean measured) {
        lock.lock();
        try {
            return new LoadProgress(ended, failed, count.requests(), measured);
        } finally {
            lock.unlock();
        }
    }

    ModeResult result(Mode mode, Connections connections) {
        lock.lock();
        try {
            RequestStatistics all = new RequestStatistics(DIGITS);
            List<Figures> figures = new ArrayList<>();
            long from = start;
            for (int repetition = 0; repetition < repetitions.size(); repetition++) {
                RequestStatistics repeated = repetitions.get(repetition);
                all.add(repeated);
                figures.add(repeated.figures(Duration.ofNanos(ends.get(repetition) - from)));
                from = ends.get(repetition);
            }
            return new ModeResult(
                    mode,
                    all.figures(Duration.ofNanos(from - start)),
                    figures,
                    all.distribution(),
                    timeline.points(),
                    connections);
        } finally {
            lock.unlock();
        }
    }
}
