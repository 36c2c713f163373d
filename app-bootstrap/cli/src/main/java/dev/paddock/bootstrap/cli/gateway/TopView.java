package dev.paddock.bootstrap.cli.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a gateway's dashboard as lines, the most important ones first. Parts that are off are absent. Immutable.
 *
 * @param snapshot the newest snapshot
 * @param before the one before it, from which rates follow; empty when there is none
 */
record TopView(JsonObject snapshot, JsonObject before) {

    /** Nothing is known yet. */
    static final TopView EMPTY = new TopView(JsonObject.of(null), JsonObject.of(null));

    private static final String UNKNOWN = "-";
    private static final String CUT = "~";
    private static final int NAME_WIDTH = 26;
    private static final int MOST_REQUESTS = 5;

    TopView {
        requireNonNull(snapshot, "snapshot");
        requireNonNull(before, "before");
    }

    /** Returns the view of a newer snapshot. */
    TopView with(JsonObject newer) {
        return new TopView(newer, snapshot);
    }

    /** Returns the lines, none of them longer than the width; 0 for any. */
    List<String> lines(int width) {
        List<String> lines = new ArrayList<>();
        lines.add(text(snapshot, "timestamp") + "   " + requests());
        add(lines, outcomes());
        add(lines, cache());
        lines.add("");
        lines.addAll(pools().lines());
        lines.add("");
        lines.addAll(servers().lines());
        addUnlessEmpty(lines, models());
        addUnlessEmpty(lines, requests("slowest", "SLOWEST (10 min)"));
        addUnlessEmpty(lines, requests("failed", "FAILED (10 min)"));
        return lines.stream().map(line -> cut(line, width)).toList();
    }

    private String requests() {
        double perSecond = perSecond();
        String rate = Double.isNaN(perSecond) ? "" : String.format(Locale.ROOT, ", %.1f requests/s", perSecond);
        long inFlight = snapshot.objects("backends").stream().mapToLong(backend -> (long) orZero(backend.number("in_flight"))).sum();
        return inFlight + " in flight" + rate;
    }

    private double perSecond() {
        double earlier = total(before);
        double now = total(snapshot);
        if (!before.has("requests") || now < earlier) { // the first snapshot, or the gateway was restarted
            return Double.NaN;
        }
        try {
            Duration between = Duration.between(Instant.parse(text(before, "timestamp")), Instant.parse(text(snapshot, "timestamp")));
            return between.isPositive() ? (now - earlier) * 1e9 / between.toNanos() : Double.NaN;
        } catch (DateTimeException unknownTime) {
            return Double.NaN;
        }
    }

    private static double total(JsonObject snapshot) {
        JsonObject outcomes = snapshot.object("requests").object("outcomes");
        return outcomes.names().mapToDouble(name -> orZero(outcomes.number(name))).sum();
    }

    private String outcomes() {
        JsonObject outcomes = snapshot.object("requests").object("outcomes");
        return outcomes.names().sorted().map(name -> name + " " + number(outcomes.number(name))).collect(Collectors.joining(", ", "requests: ", ""));
    }

    private @Nullable String cache() {
        JsonObject cache = snapshot.object("cache");
        return cache.has("hits")
                ? "cache: " + number(cache.number("hits")) + " hits, " + number(cache.number("misses")) + " misses, "
                        + number(cache.number("size")) + " answers"
                : null;
    }

    private TextTable pools() {
        TextTable table = new TextTable(
                List.of("POOL", "IN USE", "IDLE", "WAITING", "OPENED", "ACQUIRE p99"), Set.of(1, 2, 3, 4, 5));
        for (JsonObject pool : snapshot.object("connection_pool").objects("backends")) {
            table.add(
                    name(pool, "endpoint"),
                    number(pool.number("leased")) + "/" + number(pool.object("limits").number("connections_per_host")),
                    number(pool.number("idle")),
                    number(pool.number("pending")),
                    number(pool.number("created")),
                    time(pool.object("acquire").number("p99_ms")));
        }
        return table;
    }

    private TextTable servers() {
        TextTable table = new TextTable(List.of("SERVER", "STATE", "CALLS", "FAILED", "MODELS"), Set.of(2, 3, 4));
        for (JsonObject backend : snapshot.objects("backends")) {
            Number failed = backend.number("failure_share");
            table.add(
                    name(backend, "id"),
                    text(backend, "state"),
                    number(backend.number("in_flight")),
                    failed == null ? UNKNOWN : Math.round(failed.doubleValue() * 100) + "%",
                    backend.has("learned_ago_ms") ? String.valueOf(backend.objects("models").size()) : UNKNOWN);
        }
        return table;
    }

    /** Returns the models with times of their answers. */
    private TextTable models() {
        TextTable table = new TextTable(List.of("MODEL", "SERVER", "FIRST FRAME p50", "p99"), Set.of(2, 3));
        for (JsonObject series : snapshot.object("requests").objects("first_frames")) {
            table.add(name(series, "model"), name(series, "backend"), time(series.number("p50_ms")), time(series.number("p99_ms")));
        }
        return table;
    }

    private TextTable requests(String list, String title) {
        TextTable table = new TextTable(List.of(title, "MODEL", "OUTCOME", "TOTAL"), Set.of(3));
        snapshot.object("requests").objects(list).stream().limit(MOST_REQUESTS).forEach(request -> table.add(
                text(request, "operation"), name(request, "model"), text(request, "outcome"), time(request.number("total_ms"))));
        return table;
    }

    private static void addUnlessEmpty(List<String> lines, TextTable table) {
        List<String> rows = table.lines();
        if (rows.size() > 1) {
            lines.add("");
            lines.addAll(rows);
        }
    }

    private static void add(List<String> lines, @Nullable String line) {
        if (line != null) {
            lines.add(line);
        }
    }

    private static String name(JsonObject object, String field) {
        return cut(text(object, field), NAME_WIDTH);
    }

    private static String text(JsonObject object, String field) {
        String text = object.text(field);
        return text == null ? UNKNOWN : text.replaceAll("\\p{Cntrl}", "?"); // a name must not end its line
    }

    private static String cut(String text, int width) {
        return width <= 0 || text.length() <= width ? text : text.substring(0, width - 1) + CUT;
    }

    private static double orZero(@Nullable Number number) {
        return number == null ? 0 : number.doubleValue();
    }

    private static String number(@Nullable Number number) {
        return number == null ? UNKNOWN : number.toString();
    }

    private static String time(@Nullable Number millis) {
        if (millis == null) {
            return UNKNOWN;
        }
        double value = millis.doubleValue();
        return value < 1000 ? String.format(Locale.ROOT, "%.1f ms", value) : String.format(Locale.ROOT, "%.1f s", value / 1000);
    }
}
