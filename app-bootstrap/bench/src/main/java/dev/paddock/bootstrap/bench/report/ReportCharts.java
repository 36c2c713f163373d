package dev.paddock.bootstrap.bench.report;

import dev.paddock.bootstrap.bench.load.ServiceLimit.LimitedTime;
import dev.paddock.bootstrap.bench.report.SvgChart.Axis;
import dev.paddock.bootstrap.bench.report.SvgChart.Point;
import dev.paddock.bootstrap.bench.report.SvgChart.Tick;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.LatencyPercentiles;
import dev.paddock.bootstrap.bench.result.ModeResult.PercentilePoint;
import dev.paddock.bootstrap.bench.result.ModeResult.TimelinePoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The charts of a report. The charts over time of all modes have axes of the same height, so that they can be compared.
 *
 * @param modes the measured modes
 */
record ReportCharts(List<ModeResult> modes) {

    private static final double NANOS_PER_SECOND = 1e9;

    ReportCharts {
        modes = List.copyOf(modes);
    }

    /** Returns the distribution of a time in all modes that have it; empty when none has. */
    String percentiles(String title, LimitedTime time) {
        List<ModeResult> measured = modes.stream().filter(mode -> !points(mode, time).isEmpty()).toList();
        if (measured.isEmpty()) {
            return "";
        }
        double end = measured.stream().mapToDouble(mode -> placeOfLast(mode, time)).max().orElse(1);
        double most = measured.stream().mapToDouble(mode -> points(mode, time).getLast().millis()).max().orElse(1);
        SvgChart chart = new SvgChart(title, axisOfPercentiles(end), Axis.past("ms", most));
        measured.forEach(mode -> chart.line(style(mode), distribution(mode, time)));
        return figure(chart, measured.stream().map(mode -> style(mode) + " " + mode.mode().label()));
    }

    private static String style(ModeResult mode) {
        return "mode-" + mode.mode().label();
    }

    private static List<PercentilePoint> points(ModeResult mode, LimitedTime time) {
        return mode.distributions().getOrDefault(time, List.of());
    }

    /** Returns the place of a percentile on an axis on which each further nine takes the same width. */
    private static double placeOf(double percentile) {
        return -Math.log10(1 - percentile / 100);
    }

    /** Returns the place of the slowest answer: behind the last percentile that the number of values shows. */
    private static double placeOfLast(ModeResult mode, LimitedTime time) {
        double last = points(mode, time).stream()
                .mapToDouble(PercentilePoint::percentile)
                .filter(percentile -> percentile < 100)
                .max()
                .orElse(50);
        return Math.max(placeOf(50), placeOf(last));
    }

    private static List<Point> distribution(ModeResult mode, LimitedTime time) {
        double last = placeOfLast(mode, time);
        return points(mode, time).stream()
                .map(point -> {
                    boolean isLast = point.percentile() >= 100;
                    String share = isLast ? "all" : String.format(Locale.ROOT, "%.1f%%", point.percentile());
                    return new Point(
                            isLast ? last : Math.min(last, placeOf(point.percentile())),
                            point.millis(),
                            mode.mode().label() + ", " + share + ": " + milliseconds(point.millis()));
                })
                .toList();
    }

    private static Axis axisOfPercentiles(double end) {
        List<Tick> ticks = Stream.of("0", "50", "90", "99", "99.9", "99.99", "99.999")
                .map(percentile -> new Tick(placeOf(Double.parseDouble(percentile)), percentile + "%"))
                .filter(tick -> tick.at() <= end + 1e-9)
                .toList();
        return new Axis("share of values that were at most as long", end, ticks);
    }

    /** Returns the latency of a mode over time: a line for each run of spans that have answers. */
    String latency(ModeResult mode) {
        SvgChart chart = new SvgChart(
                "Latency over time, " + mode.mode().label(), axisOfSeconds(mode), Axis.past("ms", highest(LatencyPercentiles::max)));
        lines(chart, mode, "p50", LatencyPercentiles::p50);
        lines(chart, mode, "p95", LatencyPercentiles::p95);
        lines(chart, mode, "max", LatencyPercentiles::max); // last: its dashes and rings cover nothing where it equals p95
        return figure(chart, Stream.of("p50", "p95", "max"));
    }

    private double highest(ToDoubleFunction<LatencyPercentiles> value) {
        return spans()
                .mapMulti((TimelinePoint span, Consumer<LatencyPercentiles> next) -> {
                    if (span.latency() != null) {
                        next.accept(span.latency());
                    }
                })
                .mapToDouble(value)
                .max()
                .orElse(1);
    }

    private static void lines(SvgChart chart, ModeResult mode, String style, ToDoubleFunction<LatencyPercentiles> value) {
        List<Point> points = new ArrayList<>();
        for (TimelinePoint span : mode.timeline()) {
            LatencyPercentiles latency = span.latency();
            if (latency != null) {
                double millis = value.applyAsDouble(latency);
                double middle = (from(mode, span) + to(mode, span)) / 2;
                points.add(new Point(middle, millis, String.format(Locale.ROOT, "%.2f s, %s: %s", middle, style, milliseconds(millis))));
            } else if (!points.isEmpty()) {
                chart.line(style, points);
                points = new ArrayList<>();
            }
        }
        if (!points.isEmpty()) {
            chart.line(style, points);
        }
    }

    /** Returns answers and failures per second, the failures on top of the answers. */
    String outcomes(ModeResult mode) {
        double most = modes.stream()
                .flatMapToDouble(each -> each.timeline().stream().mapToDouble(span -> (span.answers() + span.failures()) / seconds(each, span)))
                .max()
                .orElse(1);
        SvgChart chart = new SvgChart(
                "Answers and failures over time, " + mode.mode().label(), axisOfSeconds(mode), Axis.past("ended per second", most));
        boolean anyFailed = false;
        for (TimelinePoint span : mode.timeline()) {
            double width = seconds(mode, span);
            double answers = span.answers() / width;
            String text = String.format(
                    Locale.ROOT, "%.2f s: %d answers, %d failures", from(mode, span), span.answers(), span.failures());
            chart.bar("answers", from(mode, span), to(mode, span), 0, answers, text);
            if (span.failures() > 0) {
                anyFailed = true;
                chart.bar("failures", from(mode, span), to(mode, span), answers, answers + span.failures() / width, text);
            }
        }
        return figure(chart, anyFailed ? Stream.of("answers", "failures") : Stream.of("answers"));
    }

    /** Returns the most requests in progress at the same time, over time. */
    String inFlight(ModeResult mode) {
        double most = spans().mapToDouble(TimelinePoint::inFlight).max().orElse(1);
        SvgChart chart = new SvgChart(
                "Requests in progress over time, " + mode.mode().label(), axisOfSeconds(mode), Axis.past("in progress", Math.max(1, most)));
        for (TimelinePoint span : mode.timeline()) {
            String text = String.format(Locale.ROOT, "%.2f s: %d in progress", from(mode, span), span.inFlight());
            chart.bar("progress", from(mode, span), to(mode, span), 0, span.inFlight(), text);
        }
        return figure(chart, Stream.of("progress in progress"));
    }

    private Stream<TimelinePoint> spans() {
        return modes.stream().flatMap(mode -> mode.timeline().stream());
    }

    private static Axis axisOfSeconds(ModeResult mode) {
        return Axis.to("seconds since the start", Math.max(1e-3, seconds(mode.whole().elapsed())));
    }

    private static double from(ModeResult mode, TimelinePoint span) {
        return Math.min(seconds(span.from()), seconds(mode.whole().elapsed()));
    }

    /** The last span ends when the benchmark ended. */
    private static double to(ModeResult mode, TimelinePoint span) {
        return Math.min(seconds(span.from().plus(span.width())), seconds(mode.whole().elapsed()));
    }

    /** One answer in a short last span is no rate of a thousand a second. */
    private static double seconds(ModeResult mode, TimelinePoint span) {
        return Math.max(seconds(span.width()) / 2, to(mode, span) - from(mode, span));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    private static String milliseconds(double value) {
        return Measure.MAX.toText(value);
    }

    /** Returns a chart with its legend; the first word of a key is its style, and its name without further words. */
    private static String figure(SvgChart chart, Stream<String> keys) {
        String legend = keys.map(key -> {
                    int end = key.indexOf(' ');
                    String style = end < 0 ? key : key.substring(0, end);
                    String name = end < 0 ? key : key.substring(end + 1);
                    return "<span class=\"key " + style + "\">" + Markup.escape(name) + "</span>\n";
                })
                .collect(Collectors.joining());
        return "<figure>" + Markup.element("figcaption", legend) + "<div class=\"scroll\" tabindex=\"0\">" + chart.toMarkup() + "</div></figure>\n";
    }
}
