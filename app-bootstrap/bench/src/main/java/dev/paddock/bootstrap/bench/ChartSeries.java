package dev.paddock.bootstrap.bench;

import dev.paddock.bootstrap.bench.TimelinePoint.LatencyPercentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Turns what was measured into lines and bars. */
final class ChartSeries {

    private static final double NANOS_PER_SECOND = 1e9;

    private ChartSeries() {}

    /** Returns the distribution of latencies, each percentile where {@link #placeOf} has it. */
    static List<Point> distribution(ModeResult mode) {
        List<PercentilePoint> measured = mode.measured().distribution();
        double last = placeOfLast(mode);
        List<Point> points = new ArrayList<>();
        for (PercentilePoint point : measured) {
            double place = point.percentile() >= 100 ? last : Math.min(last, placeOf(point.percentile()));
            String share = point.percentile() >= 100 ? "all" : Markup.number(point.percentile()) + "%";
            points.add(new Point(place, point.millis(), share + ": " + Measure.MAX.toText(point.millis())));
        }
        return points;
    }

    /** Returns where a percentile below 100 is on an axis on which each further nine takes the same room. */
    static double placeOf(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    /** Returns where the slowest answer is on that axis: it is one of all. */
    static double placeOfLast(ModeResult mode) {
        return Math.log10((double) Math.max(2, mode.measured().whole().successes()));
    }

    /** Returns one figure of the latency over the seconds, a line for each row of spans that have answers. */
    static List<List<Point>> latency(ModeResult mode, ToDoubleFunction<LatencyPercentiles> figure) {
        List<List<Point>> lines = new ArrayList<>();
        List<Point> points = new ArrayList<>();
        for (TimelinePoint span : mode.measured().timeline()) {
            LatencyPercentiles latency = span.latency();
            if (latency == null) {
                points = new ArrayList<>();
            } else {
                if (points.isEmpty()) {
                    lines.add(points);
                }
                double millis = figure.applyAsDouble(latency);
                double middle = (seconds(mode, span) + endOf(mode, span)) / 2;
                points.add(new Point(middle, millis, inSeconds(middle) + ": " + Measure.MAX.toText(millis)));
            }
        }
        return lines;
    }

    /** Returns the answers a second. */
    static List<Bar> answers(ModeResult mode) {
        return mode.measured().timeline().stream()
                .map(span -> bar(mode, span, 0, span.answers()))
                .toList();
    }

    /** Returns the failures a second, above the answers. */
    static List<Bar> failures(ModeResult mode) {
        return mode.measured().timeline().stream()
                .filter(span -> span.failures() > 0)
                .map(span -> bar(mode, span, span.answers(), span.answers() + span.failures()))
                .toList();
    }

    private static Bar bar(ModeResult mode, TimelinePoint span, long below, long above) {
        double from = seconds(mode, span);
        double to = endOf(mode, span);
        double whole = span.width().toNanos() / NANOS_PER_SECOND;
        // One answer in the last moment is not a thousand a second.
        double width = Math.max(whole / 2, to - from);
        String title = inSeconds(from) + ": " + span.answers() + " answers, " + span.failures() + " failures";
        return new Bar(from, to, below / width, above / width, title);
    }

    private static double seconds(ModeResult mode, TimelinePoint span) {
        return Math.min((double) span.from().toNanos(), elapsed(mode)) / NANOS_PER_SECOND;
    }

    // The last span is as long as the benchmark was.
    private static double endOf(ModeResult mode, TimelinePoint span) {
        return Math.min((double) span.from().plus(span.width()).toNanos(), elapsed(mode)) / NANOS_PER_SECOND;
    }

    private static double elapsed(ModeResult mode) {
        return mode.measured().whole().elapsed().toNanos();
    }

    private static String inSeconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
