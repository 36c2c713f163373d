package dev.paddock.bootstrap.bench.run;

import dev.paddock.bootstrap.bench.result.ModeResult.LatencyPercentiles;
import dev.paddock.bootstrap.bench.result.ModeResult.TimelinePoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests that ended in each span of time. The number of spans is bounded: when it would be exceeded, each two adjacent
 * spans are merged into one. Not thread-safe.
 */
final class Timeline {

    private static final int MAX_SPANS = 80;
    private static final int DIGITS = 2; // more are not visible in a chart
    private static final long INITIAL_WIDTH_NANOS = 10_000_000;

    private final long start;
    private List<RequestStatistics> spans = new ArrayList<>();
    private long width = INITIAL_WIDTH_NANOS;

    /** Creates a timeline that starts at the given {@link System#nanoTime}. */
    Timeline(long start) {
        this.start = start;
    }

    void add(Sample sample) {
        long since = Math.max(0, sample.ended() - start);
        while (since / width >= MAX_SPANS) {
            merge();
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

    private TimelinePoint point(RequestStatistics statistics, long from) {
        long answers = statistics.requests() - statistics.failures();
        LatencyPercentiles latency = answers == 0
                ? null
                : new LatencyPercentiles(statistics.millisAt(50), statistics.millisAt(95), statistics.millisAt(100));
        return new TimelinePoint(Duration.ofNanos(from), Duration.ofNanos(width), answers, statistics.failures(), latency);
    }

    private void merge() {
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
