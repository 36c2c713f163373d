package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A result as a page that needs nothing but itself, and is read in light and in dark, on screens and by ear. */
public final class HtmlReport {

    private static final String NO_ANSWERS = Markup.element("p", "There were no complete answers.");

    private final BenchResult result;

    private HtmlReport(BenchResult result) {
        this.result = requireNonNull(result, "result");
    }

    /** Returns the page. */
    public static String page(BenchResult result) {
        return new HtmlReport(result).page();
    }

    private String page() {
        String head = "<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + Markup.element("title", "Paddock benchmark")
                + Markup.element("style", PageStyle.CSS);
        return "<!DOCTYPE html>\n<html lang=\"en\">\n" + Markup.element("head", head)
                + Markup.element("body", Markup.element("main", body())) + "</html>\n";
    }

    private String body() {
        StringBuilder body = new StringBuilder();
        body.append(Markup.element("h1", "Paddock benchmark"));
        if (!result.complete()) {
            body.append("<p class=\"warning\">Stopped early: this is what was measured until then.</p>\n");
        }
        body.append(figures());
        body.append(Markup.element("h2", "Latency by percentile"));
        body.append(distribution());
        for (ModeResult mode : result.modes()) {
            body.append(Markup.element("h2", "Over time, " + mode.mode().label()));
            body.append(overTime(mode));
        }
        body.append(Markup.element("h2", "How it was measured"));
        body.append(table("Load", result.plan().toMap()));
        body.append(table("Environment", result.environment().facts()));
        return body.toString();
    }

    private String distribution() {
        List<ModeResult> answered = result.modes().stream().filter(HtmlReport::hasAnswers).toList();
        if (answered.isEmpty()) {
            return NO_ANSWERS;
        }
        String start = result.plan().loadRate().rate() == null ? "" : " Latency counts from when a request was to start.";
        String words = "Of complete answers." + start + " The slow ones are drawn larger: 90% to 99% takes as much "
                + "room as 0% to 90%.";
        return Markup.element("p", words) + Charts.distribution(answered);
    }

    private String overTime(ModeResult mode) {
        List<TimelinePoint> spans = mode.measured().timeline();
        if (spans.isEmpty()) {
            return Markup.element("p", "Nothing ended.");
        }
        String latency = hasAnswers(mode)
                ? Markup.element("p", "A point for what ended within " + spans.getFirst().width().toMillis() + " ms. "
                        + "Where that is fewer than 20 answers, p95 is the slowest of them, and hides max.")
                        + Charts.latency(mode, result.modes())
                : NO_ANSWERS;
        return latency + Charts.throughput(mode, result.modes());
    }

    private static boolean hasAnswers(ModeResult mode) {
        return mode.measured().whole().successes() > 0;
    }

    private String figures() {
        StringBuilder rows = new StringBuilder("<caption>Figures</caption>\n<tr><td></td>");
        result.modes().forEach(mode -> rows.append("<th scope=\"col\">").append(mode.mode().label()).append("</th>"));
        rows.append("</tr>\n");
        FigureTable.of(result).forEach(row -> rows.append(row(row)));
        return "<table class=\"figures\">" + rows + "</table>\n";
    }

    private static String row(FigureTable.Row row) {
        String cells = row.cells().stream()
                .map(cell -> "<td>" + Markup.text(cell) + "</td>")
                .collect(Collectors.joining());
        String style = row.name().startsWith(" ") ? " class=\"part\"" : "";
        return "<tr" + style + "><th scope=\"row\">" + Markup.text(row.name().strip()) + "</th>" + cells + "</tr>\n";
    }

    private static String table(String caption, Map<String, Object> facts) {
        String rows = facts.entrySet().stream()
                .map(fact -> "<tr><th scope=\"row\">" + Markup.text(fact.getKey()) + "</th><td>"
                        + Markup.text(String.valueOf(fact.getValue())) + "</td></tr>\n")
                .collect(Collectors.joining());
        return Markup.element("table", Markup.element("caption", caption) + rows);
    }
}
