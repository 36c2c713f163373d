package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The semantic cache of a gateway as some lines of text. */
final class SemanticCacheSummary {

    private SemanticCacheSummary() {}

    /** Returns no lines for a gateway without one. */
    static List<String> lines(JsonObject cache) {
        if (!cache.has("mode")) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("similar questions (" + cache.fields().get("mode") + "): served " + cache.number("served") + ", explored "
                + cache.number("explored") + ", in shadow " + cache.number("shadowed") + ", answers " + cache.number("size"));
        if (Boolean.TRUE.equals(cache.fields().get("stopped_itself"))) {
            lines.add("It serves no longer, because too many of its answers were wrong.");
        }
        lines.add("false hits among audited answers: " + rate(cache.object("false_hits")));
        lines.add("different answers among all that were compared: " + rate(cache.object("false_candidates")));
        JsonObject refused = cache.object("refused");
        String differences = refused.names().map(name -> name + " " + refused.number(name)).collect(Collectors.joining(", "));
        if (!differences.isEmpty()) {
            lines.add("refused by guards: " + differences);
        }
        return lines;
    }

    private static String rate(JsonObject rate) {
        return rate.number("wrong") + " of " + rate.number("compared") + ", " + percent(rate, "rate") + " (95 %: " + percent(rate, "low") + " to "
                + percent(rate, "high") + ")";
    }

    private static String percent(JsonObject rate, String name) {
        Number fraction = rate.number(name);
        return fraction == null ? "-" : String.format(Locale.ROOT, "%.1f%%", fraction.doubleValue() * 100);
    }
}
