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
    private List<TimeSpan> spans = new ArrayList<>();
    private long width = INITIAL_WIDTH_NANOS;
    private int inFlight;

    /** Creates a timeline that starts at the given time of the {@link LoadClock}. */
    Timeline(long start) {
        this.start = start;
    }

    /** Adds the start of a request. */
    void start(long time) {
        TimeSpan span = span(time);
        inFlight++;
        span.inFlight = Math.max(span.inFlight, inFlight);
    }

    /** Adds the end of a request that is not counted. */
    void end(long time) {
        TimeSpan unused = span(time); // which was begun with this request in flight
        inFlight--;
    }

    /** Adds the end of a request. */
    void end(Sample sample) {
        end(sample.ended());
        span(sample.ended()).statistics.add(sample);
    }

    int inFlight() {
        return inFlight;
    }

    List<TimelinePoint> points() {
        List<TimelinePoint> points = new ArrayList<>();
        for (int span = 0; span < spans.size(); span++) {
            points.add(spans.get(span).point(span * width, width));
        }
        return points;
    }

    private TimeSpan span(long time) {
        long since = Math.max(0, time - start);
        while (since / width >= MAX_SPANS) {
            merge();
        }
        int index = (int) (since / width);
        while (spans.size() <= index) {
            spans.add(new TimeSpan(inFlight));
        }
        return spans.get(index);
    }

    private void merge() {
        List<TimeSpan> wider = new ArrayList<>();
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

    /** One span. */
    private static final class TimeSpan {

        private final RequestStatistics statistics = new RequestStatistics(DIGITS, List.of());
        private int inFlight; // the most

        TimeSpan(int inFlight) {
            this.inFlight = inFlight;
        }

        void add(TimeSpan next) {
            statistics.add(next.statistics);
            inFlight = Math.max(inFlight, next.inFlight);
        }

        TimelinePoint point(long from, long width) {
            long answers = statistics.requests() - statistics.failures();
            LatencyPercentiles latency = answers == 0
                    ? null
                    : new LatencyPercentiles(statistics.millisAt(50), statistics.millisAt(95), statistics.millisAt(100));
            return new TimelinePoint(
                    Duration.ofNanos(from), Duration.ofNanos(width), answers, statistics.failures(), inFlight, latency);
        }
    }
}
