package dev.paddock.bootstrap.bench;

import dev.paddock.bootstrap.bench.TimelinePoint.LatencyPercentiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What ended when, in a bounded number of spans of the same width: when there would be too many, two become one. Not
 * thread-safe.
 */
final class Timeline {

    private static final int MOST_SPANS = 80;
    private static final int DIGITS = 2; // as many as can be seen
    private static final long FIRST_WIDTH = 10_000_000;

    private final long start;
    private List<RequestStatistics> spans = new ArrayList<>();
    private long width = FIRST_WIDTH;

    /** Creates a timeline that begins at the given time, by {@link System#nanoTime}. */
    Timeline(long start) {
        this.start = start;
    }

    void add(Sample sample) {
        long since = Math.max(0, sample.ended() - start);
        while (since / width >= MOST_SPANS) {
            halve();
        }
        int span = (int) (since / width);
        while (spans.size() <= span) {
            spans.add(new RequestStatistics(DIGITS));
        }
        spans.get(span).add(sample);
    }

    List<TimelinePoint> points() {
        List<TimelinePoint> points = new ArrayList<>();
        for (int span = 0; span < spans.size(); span++) {
            points.add(point(spans.get(span), span * width));
        }
        return points;
    }

    private TimelinePoint point(RequestStatistics tally, long from) {
        long answers = tally.requests() - tally.failures();
        LatencyPercentiles latency = answers == 0
                ? null
                : new LatencyPercentiles(
                        RequestStatistics.millisAt(tally.latencies(), 50),
                        RequestStatistics.millisAt(tally.latencies(), 95),
                        RequestStatistics.millisAt(tally.latencies(), 100));
        return new TimelinePoint(Duration.ofNanos(from), Duration.ofNanos(width), answers, tally.failures(), latency);
    }

    private void halve() {
        List<RequestStatistics> wider = new ArrayList<>();
        for (int span = 0; span < spans.size(); span++) {
            if (span % 2 == 0) {
                wider.add(spans.get(span));
            } else {
                wider.getLast().add(spans.get(span));
            }
        }
        spans = wider;
        width *= 2;
    }
}
