package dev.paddock.bootstrap.cli.gateway;

import static dev.paddock.bootstrap.cli.gateway.CacheSummary.count;
import static dev.paddock.bootstrap.cli.gateway.CacheSummary.percent;

import dev.paddock.bootstrap.cli.command.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The semantic cache of a gateway as some lines of text. */
final class SemanticCacheSummary {

    private SemanticCacheSummary() {}

    /** Returns no lines for a gateway without one. */
    static List<String> lines(JsonObject cache) {
        if (!cache.has("mode")) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("similar questions (" + cache.text("mode") + "): served " + count(cache, "served") + ", explored " + count(cache, "explored")
                + ", in shadow " + count(cache, "shadowed") + ", answers " + count(cache, "size") + ", reported as wrong "
                + count(cache, "reported"));
        if (Boolean.TRUE.equals(cache.fields().get("stopped_itself"))) {
            lines.add("It serves no longer, because too many of its answers were wrong.");
        }
        Number failed = cache.number("failed");
        if (failed != null && failed.longValue() > 0) {
            lines.add("without a vector " + failed + ": does the server list the embedding model (paddock.semantic-cache.embedding-model)?");
        }
        Number late = cache.number("late");
        if (late != null && late.longValue() > 0) {
            lines.add("with a vector that came too late " + late + " (paddock.semantic-cache.embedding-timeout)");
        }
        lines.add("false hits among audited answers: " + rate(cache.object("false_hits")));
        lines.add("different answers among all that were compared: " + rate(cache.object("false_candidates")));
        String refused = CacheSummary.counts(cache.object("refused"));
        if (!refused.isEmpty()) {
            lines.add("refused by guards: " + refused);
        }
        return lines;
    }

    private static String rate(JsonObject rate) {
        return count(rate, "wrong") + " of " + count(rate, "compared") + ", " + percent(rate.number("rate")) + " (95 %: "
                + percent(rate.number("low")) + " to " + percent(rate.number("high")) + ")";
    }
}
