package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cache of a gateway as some lines of text. */
final class CacheSummary {

    private static final String UNKNOWN = "-";
    private static final double MEBIBYTE = 1 << 20;

    private CacheSummary() {}

    static List<String> lines(JsonObject cache) {
        if (!cache.has("hits")) {
            return List.of("The gateway has no cache. Start it with --cache, or set paddock.cache.enabled = true.");
        }
        List<String> lines = new ArrayList<>();
        if (Boolean.FALSE.equals(cache.fields().get("enabled"))) {
            lines.add("The cache is switched off for now.");
        }
        lines.add("hits " + count(cache, "hits") + ", misses " + count(cache, "misses") + ", hit rate " + percent(cache.number("hit_rate")));
        String reasons = counts(cache.object("bypasses"));
        if (!reasons.isEmpty()) {
            lines.add("not served: " + reasons);
        }
        lines.add("answers " + count(cache, "size") + ", " + mebibytes(cache.number("bytes")) + " of " + mebibytes(cache.number("max_bytes"))
                + ", evicted " + count(cache, "evictions") + ", expired " + count(cache, "expirations"));
        lines.add("saved " + seconds(cache.number("saved_seconds")) + ", tokens " + count(cache, "saved_prompt_tokens") + " of prompts and "
                + count(cache, "saved_completion_tokens") + " of answers");
        return lines;
    }

    /** Returns all fields with their counts; nothing if there are none. */
    static String counts(JsonObject object) {
        return object.names().map(name -> name + " " + count(object, name)).collect(Collectors.joining(", "));
    }

    static String count(JsonObject object, String name) {
        Number number = object.number(name);
        return number == null ? UNKNOWN : number.toString();
    }

    static String percent(@Nullable Number ratio) {
        return ratio == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f%%", ratio.doubleValue() * 100);
    }

    private static String mebibytes(@Nullable Number bytes) {
        return bytes == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f MiB", bytes.doubleValue() / MEBIBYTE);
    }

    private static String seconds(@Nullable Number seconds) {
        return seconds == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f s", seconds.doubleValue());
    }
}
