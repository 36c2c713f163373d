package dev.paddock.bootstrap.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A chart as SVG with axes from zero. Values beyond the end of an axis are drawn at its end. Not thread-safe. */
final class SvgChart {

    private static final int WIDTH = 880;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int TOP = 14;
    private static final int BOTTOM = 52;
    private static final int CHARACTER_WIDTH = 7;

    private final String title;
    private final Axis across;
    private final Axis up;
    private final StringBuilder marks = new StringBuilder();

    SvgChart(String title, Axis across, Axis up) {
        this.title = requireNonNull(title, "title");
        this.across = requireNonNull(across, "across");
        this.up = requireNonNull(up, "up");
    }

    /** Draws a line through points; with a dot, whose title a browser shows, at each. */
    void line(String style, List<Point> points) {
        String path = points.stream().map(point -> x(point.x()) + " " + y(point.y())).collect(Collectors.joining(" L"));
        marks.append("<g class=\"line ").append(style).append("\"><path d=\"M").append(path).append("\"/>\n");
        points.forEach(point -> marks.append("<circle cx=\"").append(x(point.x())).append("\" cy=\"").append(y(point.y()))
                .append("\" r=\"2.5\"><title>").append(Markup.escape(point.title())).append("</title></circle>\n"));
        marks.append("</g>\n");
    }

    /** Draws a bar between two places of the axis across. */
    void bar(String style, double from, double to, double bottom, double top, String text) {
        double width = Math.max(1, Double.parseDouble(x(to)) - Double.parseDouble(x(from)) - 1);
        double height = Double.parseDouble(y(bottom)) - Double.parseDouble(y(top));
        marks.append("<rect class=\"bar ").append(style).append("\" x=\"").append(x(from)).append("\" y=\"").append(y(top))
                .append("\" width=\"").append(number(width)).append("\" height=\"").append(number(height)).append("\"><title>")
                .append(Markup.escape(text)).append("</title></rect>\n");
    }

    String toMarkup() {
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\"")
                .append(Markup.escape(title)).append("\">\n<title>").append(Markup.escape(title)).append("</title>\n");
        for (Tick tick : up.ticks()) {
            svg.append("<path class=\"grid\" d=\"M" + LEFT + " ").append(y(tick.at())).append("H" + (WIDTH - RIGHT) + "\"/>\n")
                    .append(label("end", LEFT - 8, Double.parseDouble(y(tick.at())) + 4, tick.label()));
        }
        double free = 0;
        for (Tick tick : across.ticks()) {
            double place = Double.parseDouble(x(tick.at()));
            svg.append("<path class=\"grid\" d=\"M").append(x(tick.at())).append(' ').append(HEIGHT - BOTTOM).append("v5\"/>\n");
            double half = tick.label().length() * CHARACTER_WIDTH / 2.0;
            if (place - half >= free) {
                svg.append(label("middle", place, HEIGHT - BOTTOM + 20, tick.label()));
                free = place + half + CHARACTER_WIDTH;
            }
        }
        svg.append(label("middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, across.title()));
        svg.append("<text text-anchor=\"middle\" transform=\"translate(14 " + (TOP + HEIGHT - BOTTOM) / 2 + ") rotate(-90)\">")
                .append(Markup.escape(up.title())).append("</text>\n");
        return svg.append(marks).append("</svg>\n").toString();
    }

    private static String label(String anchor, double left, double top, String content) {
        return "<text text-anchor=\"" + anchor + "\" x=\"" + number(left) + "\" y=\"" + number(top) + "\">" + Markup.escape(content) + "</text>\n";
    }

    private String x(double value) {
        return number(LEFT + across.share(value) * (WIDTH - LEFT - RIGHT));
    }

    private String y(double value) {
        return number(HEIGHT - BOTTOM - up.share(value) * (HEIGHT - TOP - BOTTOM));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /**
     * A point.
     *
     * @param x the place on the axis across
     * @param y the place on the axis up
     * @param title what it shows, as text
     */
    record Point(double x, double y, String title) {}

    /** A mark on an axis. */
    record Tick(double at, String label) {}

    /**
     * An axis from zero.
     *
     * @param title what it measures
     * @param end its end
     * @param ticks its marks
     */
    record Axis(String title, double end, List<Tick> ticks) {

        private static final double[] STEPS = {1, 2, 2.5, 5, 10};
        private static final int MARKS = 5;

        Axis {
            ticks = List.copyOf(ticks);
        }

        /** Returns an axis that ends at a mark at or past the value. */
        static Axis past(String title, double value) {
            List<Tick> ticks = ticksTo(value);
            return new Axis(title, ticks.getLast().at(), ticks);
        }

        /** Returns an axis that ends at the value. */
        static Axis to(String title, double value) {
            return new Axis(title, value, ticksTo(value).stream().filter(tick -> tick.at() <= value).toList());
        }

        double share(double value) {
            return Math.clamp(value / end, 0, 1);
        }

        private static List<Tick> ticksTo(double value) {
            double least = Math.max(value, 1e-3) / MARKS;
            double power = Math.pow(10, Math.floor(Math.log10(least)));
            double step = 10 * power;
            for (double factor : STEPS) {
                if (factor * power >= least) {
                    step = factor * power;
                    break;
                }
            }
            List<Tick> ticks = new ArrayList<>();
            for (int index = 0; index <= Math.max(1, Math.ceil(value / step - 1e-9)); index++) {
                ticks.add(new Tick(index * step, text(index * step)));
            }
            return ticks;
        }

        private static String text(double value) {
            String text = String.format(Locale.ROOT, "%.4f", value);
            return text.replaceAll("\\.?0+$", "");
        }
    }
}
