package dev.paddock.bootstrap.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps what is measured while a load runs. Repetitions are cut by the order in which requests end, so that they follow each
 * other without a gap and their times add up to the time of the whole. Thread-safe.
 */
final class LoadRecorder {

    private static final int DIGITS = 3;

    private final Lock lock = new ReentrantLock();
    private final RequestCount amount;
    private final long start;
    private final List<RequestStatistics> repetitions = new ArrayList<>(); // guarded by lock, as all below
    private final List<Long> ends = new ArrayList<>();
    private final Timeline timeline;
    private int ended;
    private int failed;

    /** Creates a recording that begins at the given time, by {@link System#nanoTime}. */
    LoadRecorder(RequestCount amount, long start) {
        this.amount = amount;
        this.start = start;
        this.timeline = new Timeline(start);
    }

    void add(Sample sample) {
        lock.lock();
        try {
            int repetition = (int) ((long) ended * amount.repetitions() / amount.requests());
            if (repetition == repetitions.size()) {
                repetitions.add(new RequestStatistics(DIGITS));
                ends.add(sample.ended());
            }
            repetitions.get(repetition).add(sample);
            ends.set(repetition, Math.max(ends.get(repetition), sample.ended()));
            timeline.add(sample);
            ended++;
            failed += sample.outcome() instanceof RequestOutcome.FailedRequest ? 1 : 0;
        } finally {
            lock.unlock();
        }
    }

    Progress progress(boolean counted) {
        lock.lock();
        try {
            return new Progress(ended, failed, amount.requests(), counted);
        } finally {
            lock.unlock();
        }
    }

    ModeMeasurements measured() {
        lock.lock();
        try {
            RequestStatistics all = new RequestStatistics(DIGITS);
            List<Figures> figures = new ArrayList<>();
            long from = start;
            for (int repetition = 0; repetition < repetitions.size(); repetition++) {
                RequestStatistics tally = repetitions.get(repetition);
                all.add(tally);
                figures.add(tally.figures(Duration.ofNanos(ends.get(repetition) - from)));
                from = ends.get(repetition);
            }
            return new ModeMeasurements(
                    all.figures(Duration.ofNanos(from - start)),
                    figures,
                    Distribution.of(all.latencies()),
                    timeline.points());
        } finally {
            lock.unlock();
        }
    }
}
