package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A drawing of lines and bars between two axes. Its colours are classes, so that the page decides them for light and dark. Not
 * thread-safe.
 */
final class Chart {

    private static final int WIDTH = 880;
    private static final int HEIGHT = 320;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int TOP = 14;
    private static final int BOTTOM = 52;

    private final String title;
    private final Axis horizontal;
    private final Axis vertical;
    private final StringBuilder drawn = new StringBuilder();

    Chart(String title, Axis horizontal, Axis vertical) {
        this.title = requireNonNull(title, "title");
        this.horizontal = requireNonNull(horizontal, "horizontal");
        this.vertical = requireNonNull(vertical, "vertical");
    }

    /** Draws a line through some points, each of which tells what it stands for. */
    Chart line(String style, List<Point> points) {
        StringBuilder path = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        for (Point point : points) {
            path.append(path.isEmpty() ? "M" : " L").append(place(point));
            marks.append("<circle cx=\"").append(x(point.x())).append("\" cy=\"").append(y(point.y()))
                    .append("\" r=\"2.5\"><title>").append(Markup.text(point.title())).append("</title></circle>\n");
        }
        drawn.append("<g class=\"line ").append(style).append("\"><path d=\"").append(path).append("\"/>\n")
                .append(marks).append("</g>\n");
        return this;
    }

    /** Draws a bar that tells what it stands for. */
    Chart bar(String style, Bar bar) {
        double width = Math.max(1, across(bar.right()) - across(bar.left()) - 1);
        drawn.append("<rect class=\"bar ").append(style).append("\" x=\"").append(x(bar.left()))
                .append("\" y=\"").append(y(bar.top()))
                .append("\" width=\"").append(Markup.number(width))
                .append("\" height=\"").append(Markup.number(down(bar.bottom()) - down(bar.top())))
                .append("\"><title>").append(Markup.text(bar.title())).append("</title></rect>\n");
        return this;
    }

    /** Returns the drawing as an element of a page. */
    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"").append(Markup.text(title)).append("\">\n")
                .append("<title>").append(Markup.text(title)).append("</title>\n");
        vertical.ticks().forEach(tick -> {
            rule(svg, LEFT, WIDTH - RIGHT, y(tick.at()));
            svg.append(label("end", LEFT - 8, down(tick.at()) + 4, tick.label()));
        });
        horizontal.ticks().forEach(tick -> {
            svg.append("<path class=\"mark\" d=\"M").append(x(tick.at())).append(' ').append(HEIGHT - BOTTOM)
                    .append("v5\"/>\n");
            svg.append(label("middle", across(tick.at()), HEIGHT - BOTTOM + 20, tick.label()));
        });
        svg.append(label("middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, horizontal.title()));
        svg.append("<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(14 ")
                .append((TOP + HEIGHT - BOTTOM) / 2).append(") rotate(-90)\">").append(Markup.text(vertical.title()))
                .append("</text>\n");
        return svg.append(drawn).append("</svg>\n").toString();
    }

    private static void rule(StringBuilder svg, int from, int to, String y) {
        svg.append("<path class=\"grid\" d=\"M").append(from).append(' ').append(y).append('H').append(to).append("\"/>\n");
    }

    private static String label(String anchor, double x, double y, String text) {
        return "<text class=\"axis\" text-anchor=\"" + anchor + "\" x=\"" + Markup.number(x) + "\" y=\""
                + Markup.number(y) + "\">" + Markup.text(text) + "</text>\n";
    }

    private String place(Point point) {
        return x(point.x()) + " " + y(point.y());
    }

    private String x(double value) {
        return Markup.number(across(value));
    }

    private String y(double value) {
        return Markup.number(down(value));
    }

    private double across(double value) {
        return LEFT + horizontal.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double down(double value) {
        return HEIGHT - BOTTOM - vertical.share(value) * (HEIGHT - TOP - BOTTOM);
    }
}
