package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.JsonObject;
import dev.paddock.bootstrap.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model servers behind a gateway as a table: a row for each server, then a row for each of their models. */
final class BackendTable {

    private static final String UNKNOWN = "-";
    private static final List<String> SERVERS =
            List.of("BACKEND", "STATE", "CALLS", "FAILED", "MODELS", "LOADED", "WEIGHT", "LABELS", "BASE URL");
    private static final List<String> MODELS =
            List.of("MODEL", "BACKEND", "LOADED", "CONTEXT", "CALLS", "SLOTS", "FIRST FRAME", "LOAD", "DIGEST");
    private static final int SHORT_DIGEST = 12;

    private BackendTable() {}

    static List<String> lines(JsonObject answer, int width) {
        List<JsonObject> backends = answer.objects("backends");
        TextTable servers = new TextTable(SERVERS, Set.of(2, 3, 4, 5, 6), Set.of(6, 7));
        TextTable models = new TextTable(MODELS, Set.of(3, 4, 5, 6, 7), Set.of(3, 7, 8));
        boolean hasModels = false;
        for (JsonObject backend : backends) {
            servers.add(server(backend));
            for (JsonObject model : backend.objects("models")) {
                models.add(model(backend, model));
                hasModels = true;
            }
        }
        List<String> lines = new ArrayList<>(servers.lines(width));
        if (hasModels) {
            lines.add("");
            lines.addAll(models.lines(width));
        }
        return lines;
    }

    private static String[] server(JsonObject backend) {
        List<JsonObject> models = backend.objects("models");
        Number failed = backend.number("failure_share");
        Object labels = backend.fields().get("labels");
        boolean isLearned = backend.has("learned_ago_ms");
        return new String[] {
            orUnknown(backend.text("id")),
            orUnknown(backend.text("state")),
            count(backend, "in_flight"),
            failed == null ? UNKNOWN : Math.round(failed.doubleValue() * 100) + "%",
            isLearned ? String.valueOf(models.size()) : UNKNOWN,
            isLearned ? String.valueOf(models.stream().filter(BackendTable::isResident).count()) : UNKNOWN,
            count(backend, "weight"),
            labels instanceof List<?> list && !list.isEmpty()
                    ? String.join(",", list.stream().map(String::valueOf).toList())
                    : UNKNOWN,
            orUnknown(backend.text("base_url")),
        };
    }

    private static String[] model(JsonObject backend, JsonObject model) {
        String digest = model.text("digest");
        return new String[] {
            orUnknown(model.text("name")),
            orUnknown(backend.text("id")),
            isResident(model) ? "yes" : "no",
            count(model, "context_length"),
            count(model, "in_flight"),
            count(model, "slots"),
            time(model.number("first_frame_ms")),
            time(model.number("load_ms")),
            digest == null || digest.isEmpty() ? UNKNOWN : digest.substring(0, Math.min(SHORT_DIGEST, digest.length())),
        };
    }

    private static boolean isResident(JsonObject model) {
        return Boolean.TRUE.equals(model.fields().get("resident"));
    }

    private static String count(JsonObject object, String name) {
        Number number = object.number(name);
        return number == null ? UNKNOWN : number.toString();
    }

    private static String time(@Nullable Number millis) {
        if (millis == null) {
            return UNKNOWN;
        }
        double value = millis.doubleValue();
        return value < 1000 ? String.format(Locale.ROOT, "%.1f ms", value) : String.format(Locale.ROOT, "%.1f s", value / 1000);
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? UNKNOWN : text;
    }
}
