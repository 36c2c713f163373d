package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A result as a page that needs nothing but itself, and is read in light and in dark, on screens and by ear. */
public final class HtmlReport {

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
        body.append(Markup.element(
                "p", "Of complete answers. Each step to the right has a tenth of the answers before it."));
        body.append(Charts.distribution(result.modes()));
        for (ModeResult mode : result.modes()) {
            body.append(Markup.element("h2", "Over time, " + mode.mode().label()));
            body.append(Charts.latency(mode)).append(Charts.throughput(mode));
        }
        body.append(Markup.element("h2", "How it was measured"));
        body.append(table("Load", result.plan().toMap()));
        body.append(table("Environment", result.environment().facts()));
        return body.toString();
    }

    private String figures() {
        StringBuilder rows = new StringBuilder("<caption>Figures</caption>\n<tr><td></td>");
        result.modes().forEach(mode -> rows.append("<th scope=\"col\">").append(mode.mode().label()).append("</th>"));
        rows.append("</tr>\n");
        rows.append(row("requests", mode -> Long.toString(mode.measured().whole().requests())));
        rows.append(row("successes", mode -> Long.toString(mode.measured().whole().successes())));
        rows.append(row("errors", mode -> errors(mode.measured().whole().errors())));
        for (Measure measure : Measure.values()) {
            if (result.modes().stream().anyMatch(mode -> valueOf(mode, measure) != null)) {
                rows.append(row(measure.title(), mode -> inWords(measure, valueOf(mode, measure))));
            }
        }
        rows.append(row("connections opened", mode -> known(mode.connections().opened())));
        rows.append(row("connections reused", mode -> known(mode.connections().reused())));
        return "<table class=\"figures\">" + rows + "</table>\n";
    }

    private String row(String name, Function<ModeResult, String> cell) {
        String cells = result.modes().stream()
                .map(mode -> "<td>" + Markup.text(cell.apply(mode)) + "</td>")
                .collect(Collectors.joining());
        return "<tr><th scope=\"row\">" + Markup.text(name) + "</th>" + cells + "</tr>\n";
    }

    private static String table(String caption, Map<String, Object> facts) {
        String rows = facts.entrySet().stream()
                .map(fact -> "<tr><th scope=\"row\">" + Markup.text(fact.getKey()) + "</th><td>"
                        + Markup.text(String.valueOf(fact.getValue())) + "</td></tr>\n")
                .collect(Collectors.joining());
        return Markup.element("table", Markup.element("caption", caption) + rows);
    }

    private static String errors(Map<ErrorKind, Long> errors) {
        if (errors.isEmpty()) {
            return "0";
        }
        List<String> kinds = new TreeMap<>(errors)
                .entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().label()).toList();
        return String.join(", ", kinds);
    }

    private static @Nullable Double valueOf(ModeResult mode, Measure measure) {
        return mode.measured().whole().values().get(measure);
    }

    private static String inWords(Measure measure, @Nullable Double value) {
        return value == null ? "-" : measure.inWords(value);
    }

    private static String known(@Nullable Long number) {
        return number == null ? "unknown" : number.toString();
    }
}
