package dev.paddock.adapters.http.wire.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.routing.CatalogUnion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges the lists of Ollama ({@code /api/tags}, {@code /api/ps}) and of OpenAI ({@code /v1/models}). Of two entries with a name the first stays. */
public final class JsonCatalogUnion implements CatalogUnion {

    @Override
    public byte @Nullable [] merge(String target, List<byte[]> lists, Map<String, List<String>> aliases) {
        boolean isNative = target.startsWith("/api/");
        String array = isNative ? "models" : "data";
        String name = isNative ? "name" : "id";
        Map<String, Object> merged = new LinkedHashMap<>();
        Map<String, Map<String, Object>> entries = new LinkedHashMap<>(); // by canonical name
        for (byte[] list : lists) {
            if (!(parsed(list) instanceof Map<?, ?> document)) {
                return null;
            }
            document.forEach((key, value) -> merged.putIfAbsent(String.valueOf(key), value));
            if (document.get(array) instanceof List<?> models) {
                models.forEach(model -> add(model, name, entries));
            }
        }
        aliases.forEach((alias, models) -> addAlias(alias, models, name, entries));
        merged.put(array, new ArrayList<>(entries.values()));
        return PlainJson.toText(merged).getBytes(UTF_8);
    }

    private static @Nullable Object parsed(byte[] list) {
        try {
            return PlainJson.fromText(new String(list, UTF_8));
        } catch (IllegalArgumentException notJson) {
            return null;
        }
    }

    private static void add(@Nullable Object model, String name, Map<String, Map<String, Object>> entries) {
        if (model instanceof Map<?, ?> fields && fields.get(name) instanceof String text) {
            Map<String, Object> entry = new LinkedHashMap<>();
            fields.forEach((key, value) -> entry.put(String.valueOf(key), value));
            entries.putIfAbsent(ModelName.canonical(text), entry);
        }
    }

    private static void addAlias(String alias, List<String> models, String name, Map<String, Map<String, Object>> entries) {
        models.stream()
                .map(model -> entries.get(ModelName.canonical(model)))
                .filter(entry -> entry != null)
                .findFirst()
                .ifPresent(entry -> {
                    Map<String, Object> named = new LinkedHashMap<>(entry);
                    named.put(name, alias);
                    named.computeIfPresent("model", (key, value) -> alias);
                    entries.putIfAbsent(ModelName.canonical(alias), named);
                });
    }
}
