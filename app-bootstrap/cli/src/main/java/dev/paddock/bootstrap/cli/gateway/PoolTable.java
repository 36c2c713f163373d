package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pool of a gateway as a table: a row for each model server, and details below it. */
final class PoolTable {

    private static final String UNKNOWN = "-";
    private static final List<String> TITLES = List.of(
            "SERVER", "IN USE", "IDLE", "WAITING", "CREATED", "REUSED", "EXHAUSTED", "ACQUIRE p50", "p95", "p99", "max",
            "CIRCUIT");

    private PoolTable() {}

    static List<String> lines(JsonObject answer, int width) {
        List<JsonObject> backends = answer.object("connection_pool").objects("backends");
        TextTable table = new TextTable(TITLES, Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        backends.forEach(backend -> table.add(cells(backend)));
        List<String> lines = new ArrayList<>(table.lines(width));
        backends.forEach(backend -> addDetails(backend, lines));
        return lines;
    }

    private static String[] cells(JsonObject backend) {
        JsonObject acquire = backend.object("acquire");
        return new String[] {
            orUnknown(backend.text("endpoint")),
            count(backend, "leased") + "/" + count(backend.object("limits"), "connections_per_host"),
            count(backend, "idle"),
            count(backend, "pending"),
            count(backend, "created"),
            percent(backend.number("reuse_ratio")),
            count(backend, "exhausted"),
            millis(acquire.number("p50_ms")),
            millis(acquire.number("p95_ms")),
            millis(acquire.number("p99_ms")),
            millis(acquire.number("max_ms")),
            stateOfServer(backend),
        };
    }

    private static void addDetails(JsonObject backend, List<String> lines) {
        JsonObject closed = backend.object("closed");
        String reasons = closed.names()
                .filter(reason -> orZero(closed.number(reason)) > 0)
                .map(reason -> reason + " " + closed.number(reason))
                .collect(Collectors.joining(", "));
        if (!reasons.isEmpty()) {
            lines.add("closed at " + orUnknown(backend.text("endpoint")) + ": " + reasons);
        }
        backend.objects("circuits").stream()
                .filter(circuit -> circuit.has("model"))
                .forEach(circuit -> lines.add("model " + circuit.text("model") + " at "
                        + orUnknown(backend.text("endpoint")) + ": circuit " + state(circuit)));
    }

    private static String stateOfServer(JsonObject backend) {
        String states = backend.objects("circuits").stream()
                .filter(circuit -> !circuit.has("model"))
                .map(PoolTable::state)
                .collect(Collectors.joining(", "));
        return states.isEmpty() ? UNKNOWN : states;
    }

    private static String state(JsonObject circuit) {
        String state = orUnknown(circuit.text("state"));
        double remainingOpenTime = orZero(circuit.number("refuses_for_ms"));
        return remainingOpenTime > 0 ? state + String.format(Locale.ROOT, " for %.1f s", remainingOpenTime / 1e3) : state;
    }

    private static double orZero(@Nullable Number number) {
        return number == null ? 0 : number.doubleValue();
    }

    private static String count(JsonObject object, String name) {
        Number number = object.number(name);
        return number == null ? UNKNOWN : number.toString();
    }

    private static String percent(@Nullable Number ratio) {
        return ratio == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f%%", ratio.doubleValue() * 100);
    }

    private static String millis(@Nullable Number millis) {
        return millis == null ? UNKNOWN : String.format(Locale.ROOT, "%.2f ms", millis.doubleValue());
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? UNKNOWN : text;
    }
}
