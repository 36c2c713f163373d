package dev.paddock.bootstrap.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.ServiceLimit.LimitedTime;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.ModeResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTML page that shows a result, and the comparison with a baseline, as tables and charts. The page is complete: it loads nothing and
 * has no script.
 */
public final class HtmlReport {

    private static final String STYLE = "report.css";

    private final ReportTables tables;
    private final BenchResult result;
    private final ReportCharts charts;

    private HtmlReport(ReportTables tables) {
        this.tables = requireNonNull(tables, "tables");
        this.result = tables.result();
        this.charts = new ReportCharts(result.modes());
    }

    /**
     * Returns the page.
     *
     * @param tables the tables of the report
     * @param style the style sheet of the dashboard, whose look the page has
     */
    public static String page(ReportTables tables, String style) {
        return new HtmlReport(tables).page(requireNonNull(style, "style"));
    }

    private String page(String style) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                + "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
                + Markup.element("title", "Paddock benchmark")
                + "<style>\n" + style + ownStyle() + "</style>\n</head>\n<body>\n"
                + "<header><h1>Paddock benchmark</h1>" + Markup.paragraph(target() + ", " + result.environment().fact("time")) + "</header>\n"
                + "<main>\n" + sections() + "</main>\n</body>\n</html>\n";
    }

    private String sections() {
        StringBuilder sections = new StringBuilder();
        if (!result.complete()) {
            sections.append("<section class=\"wide\"><p class=\"bad\">Stopped early: this is what was measured until then.</p></section>\n");
        }
        if (!tables.violations().isEmpty()) {
            sections.append("<section class=\"wide bad\"><h2>Failed</h2>\n");
            tables.violations().forEach(violation -> sections.append(Markup.paragraph(violation)));
            sections.append("</section>\n");
        }
        sections.append(Markup.section("Figures", Markup.table(tables.figures(result.modes())) + remarks()));
        addTable(sections, tables.errors(), "");
        addTable(sections, tables.layers(), ReportTables.LAYERS_EXPLAINED);
        addTable(sections, tables.changes(), changesText());
        addTable(sections, tables.models(), "");
        sections.append(distributions());
        result.modes().forEach(mode -> sections.append(Markup.section("Over time, " + mode.mode().label(), overTime(mode))));
        sections.append(Markup.section("Target", Markup.facts(target(result))));
        sections.append(Markup.section("Load", Markup.facts(texts(result.plan().toMap()))));
        sections.append(Markup.section("Environment", Markup.facts(texts(result.environment().facts()))));
        return sections.toString();
    }

    private String remarks() {
        StringBuilder remarks = new StringBuilder();
        tables.remarks().forEach(remark -> remarks.append("<p class=\"legend\">").append(Markup.escape(remark)).append("</p>\n"));
        return remarks.toString();
    }

    private String changesText() {
        String differences = tables.comparison() == null
                ? ""
                : String.join("; ", tables.comparison().differences());
        return "The noise is the range of the parts of one run."
                + (differences.isEmpty() ? "" : " The environments differ: " + differences + ".");
    }

    private static void addTable(StringBuilder sections, ReportTable table, String text) {
        if (!table.rows().isEmpty()) {
            String explanation = text.isEmpty() ? "" : "<p class=\"legend\">" + Markup.escape(text) + "</p>\n";
            sections.append(Markup.section(table.title(), Markup.table(table) + explanation));
        }
    }

    private String distributions() {
        String latency = charts.percentiles("Latency by percentile", LimitedTime.LATENCY);
        String explanation = result.plan().loadRate().arrivals() == null
                ? ""
                : " Times count from the moment at which a request was due.";
        StringBuilder sections = new StringBuilder(Markup.section(
                "Latency by percentile",
                latency.isEmpty()
                        ? Markup.paragraph("There were no complete answers.")
                        : "<p class=\"legend\">Complete answers only." + explanation
                                + " 90% to 99% is as wide as 0% to 90%.</p>\n" + latency));
        addChart(sections, "Time to the first token by percentile", LimitedTime.FIRST_TOKEN);
        addChart(sections, "Time between tokens by percentile", LimitedTime.BETWEEN_TOKENS);
        return sections.toString();
    }

    private void addChart(StringBuilder sections, String title, LimitedTime time) {
        String chart = charts.percentiles(title, time);
        if (!chart.isEmpty()) {
            sections.append(Markup.section(title, chart));
        }
    }

    private String overTime(ModeResult mode) {
        if (mode.timeline().isEmpty()) {
            return Markup.paragraph("No request ended.");
        }
        String hint = "<p class=\"legend\">Each point covers the requests that ended within "
                + mode.timeline().getFirst().width().toMillis()
                + " ms. With fewer than 20 answers in it, p95 is the slowest of them, as max is.</p>\n";
        String latency = mode.whole().successes() > 0 ? hint + charts.latency(mode) : Markup.paragraph("There were no complete answers.");
        return latency + charts.outcomes(mode) + charts.inFlight(mode);
    }

    private String target() {
        return result.address() == null ? "a simulated server" : result.address();
    }

    private Map<String, String> target(BenchResult measured) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", measured.plan().target().label());
        facts.put("address", measured.address() == null ? "in this process" : measured.address());
        List<String> models = measured.plan().workload().models().stream().map(Object::toString).toList();
        facts.put("models", String.join(", ", models));
        return facts;
    }

    private static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name.replace('_', ' '), String.valueOf(value)));
        return texts;
    }

    private static String ownStyle() {
        try (InputStream resource = requireNonNull(HtmlReport.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
