package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.RunningModel;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One model in the list of all models, or in that of the loaded ones: they have most fields in common. */
final class OllamaModelEntry implements JsonReader.Fields {

    private final ModelTraitsFields traits = new ModelTraitsFields();
    private String name = "";
    private String model = "";
    private long size;
    private long videoMemory;
    private String digest = "";
    private List<String> capabilities = List.of();
    private @Nullable Instant modifiedAt;
    private @Nullable Instant expiresAt;
    private @Nullable Integer contextLength;

    /** Reads a list of models. */
    static <M> List<M> readAll(String what, byte[] json, Function<OllamaModelEntry, M> build) {
        List<M> models = new ArrayList<>();
        JsonReader.read(what, json, (name, value) -> {
            if (name.equals("models")) {
                value.array(element -> models.add(build.apply(read(element))));
            } else {
                value.skip();
            }
        });
        return List.copyOf(models);
    }

    @Override
    public void accept(String field, JsonReader value) throws IOException {
        switch (field) {
            case "name" -> name = value.text();
            case "model" -> model = value.text();
            case "size" -> size = value.longValue();
            case "size_vram" -> videoMemory = value.longValue();
            case "digest" -> digest = value.text();
            case "details" -> value.object(traits);
            case "capabilities" -> capabilities = value.texts();
            case "modified_at" -> modifiedAt = WireValues.timestamp(value);
            case "expires_at" -> expiresAt = WireValues.timestamp(value);
            case "context_length" -> contextLength = value.intOrNull();
            default -> value.skip();
        }
    }

    ModelSummary summary() {
        return new ModelSummary(name(), modifiedAt, size, digest, traits.build(), capabilities);
    }

    RunningModel running() {
        return new RunningModel(name(), size, videoMemory, digest, traits.build(), expiresAt, contextLength);
    }

    private String name() {
        return name.isEmpty() ? model : name;
    }

    private static OllamaModelEntry read(JsonReader value) throws IOException {
        OllamaModelEntry entry = new OllamaModelEntry();
        value.object(entry);
        return entry;
    }
}
