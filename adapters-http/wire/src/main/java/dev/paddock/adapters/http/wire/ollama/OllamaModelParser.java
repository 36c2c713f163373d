package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.catalog.RunningModel;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One model: in the list of all models, in the list of the loaded ones, or described by itself. They have many fields in common. */
final class OllamaModelParser implements JsonReader.Fields {

    private final Traits traits = new Traits();
    private String name = "";
    private String model = "";
    private long size;
    private long videoMemory;
    private String digest = "";
    private List<String> capabilities = List.of();
    private @Nullable Instant modifiedAt;
    private @Nullable Instant expiresAt;
    private @Nullable Integer contextLength;
    private String license = "";
    private String modelfile = "";
    private String parameters = "";
    private String template = "";
    private String system = "";
    private Map<String, @Nullable Object> information = Map.of();

    /** Reads a list of models; some servers send it without an object around it. */
    static <M> List<M> readAll(String what, byte[] json, Function<OllamaModelParser, M> build) {
        List<M> models = new ArrayList<>();
        JsonReader.readList(what, json, "models", element -> models.add(build.apply(read(element))));
        return List.copyOf(models);
    }

    /** Reads the description of one model. */
    static ModelDetails readDetails(byte[] json) {
        return JsonReader.read("the description of a model", json, new OllamaModelParser()).details();
    }

    @Override
    public void accept(String field, JsonReader value) throws IOException {
        switch (field) {
            case "name" -> name = value.text();
            case "model" -> model = value.text();
            case "size" -> size = WireValues.bytes(value);
            case "size_vram" -> videoMemory = WireValues.bytes(value);
            case "digest" -> digest = value.optional().text();
            case "details" -> value.optional().object(traits);
            case "capabilities" -> capabilities = value.optional().texts();
            case "modified_at" -> modifiedAt = WireValues.timestamp(value);
            case "expires_at" -> expiresAt = WireValues.timestamp(value);
            case "context_length" -> contextLength = WireValues.count(value);
            case "license" -> license = value.optional().text();
            case "modelfile" -> modelfile = value.optional().text();
            case "parameters" -> parameters = value.optional().text();
            // These are what a caller asks for who asks what a model is told; an empty text would be a wrong answer.
            case "template" -> template = value.text();
            case "system" -> system = value.text();
            case "model_info" -> information = value.optional().plainObject();
            default -> value.skip();
        }
    }

    ModelSummary summary() {
        return new ModelSummary(name(), modifiedAt, size, digest, traits.build(), capabilities);
    }

    RunningModel running() {
        return new RunningModel(name(), size, videoMemory, digest, traits.build(), expiresAt, contextLength);
    }

    @SuppressWarnings("NullAway") // javac drops the annotation inside the map's type from a record's class file
    private ModelDetails details() {
        ModelDetails.Texts texts = new ModelDetails.Texts(license, modelfile, parameters, template, system);
        return new ModelDetails(texts, traits.build(), information, capabilities, modifiedAt);
    }

    private String name() {
        return name.isEmpty() ? model : name;
    }

    private static OllamaModelParser read(JsonReader value) throws IOException {
        OllamaModelParser entry = new OllamaModelParser();
        if (value.isText()) {
            entry.name = value.text();
        } else {
            value.object(entry);
        }
        return entry;
    }

    /** The {@code details} of a model. */
    private static final class Traits implements JsonReader.Fields {

        private String parentModel = "";
        private String format = "";
        private String family = "";
        private List<String> families = List.of();
        private String parameterSize = "";
        private String quantization = "";

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "parent_model" -> parentModel = value.text();
                case "format" -> format = value.text();
                case "family" -> family = value.text();
                case "families" -> families = value.texts();
                case "parameter_size" -> parameterSize = value.text();
                case "quantization_level" -> quantization = value.text();
                default -> value.skip();
            }
        }

        private ModelTraits build() {
            return new ModelTraits(parentModel, format, family, families, parameterSize, quantization);
        }
    }
}
