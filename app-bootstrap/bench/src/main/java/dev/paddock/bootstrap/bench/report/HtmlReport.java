package dev.paddock.bootstrap.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.ResultJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * An HTML page that shows a result as tables and charts. The page is the resource {@code report.html} with the result embedded
 * as JSON: it loads nothing, and its script draws the charts.
 */
public final class HtmlReport {

    private static final String RESOURCE = "report.html";
    private static final String DATA = "%DATA%";

    private HtmlReport() {}

    /** Returns the page. */
    public static String page(BenchResult result) {
        List<Map<String, Object>> figures = FigureTable.of(result).stream()
                .map(row -> Map.<String, Object>of("name", row.name(), "cells", row.cells()))
                .toList();
        String json = PlainJson.toText(Map.of("result", ResultJson.toMap(result), "figures", figures));
        return template().replace(DATA, escapeForScript(json));
    }

    /** Escapes what could end the script element that contains the JSON. */
    private static String escapeForScript(String json) {
        return json.replace("<", "\\u003c");
    }

    private static String template() {
        try (InputStream resource = requireNonNull(HtmlReport.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
