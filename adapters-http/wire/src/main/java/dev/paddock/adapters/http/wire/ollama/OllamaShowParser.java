package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.catalog.ModelDetails;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code /api/show} tells about one model. */
final class OllamaShowParser implements JsonReader.Fields {

    private final ModelTraitsFields traits = new ModelTraitsFields();
    private String license = "";
    private String modelfile = "";
    private String parameters = "";
    private String template = "";
    private String system = "";
    private Map<String, @Nullable Object> information = Map.of();
    private List<String> capabilities = List.of();
    private @Nullable Instant modifiedAt;

    static ModelDetails read(byte[] json) {
        return JsonReader.read("the description of a model", json, new OllamaShowParser()).build();
    }

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "license" -> license = value.text();
            case "modelfile" -> modelfile = value.text();
            case "parameters" -> parameters = value.text();
            case "template" -> template = value.text();
            case "system" -> system = value.text();
            case "details" -> value.object(traits);
            case "model_info" -> information = value.plainObject();
            case "capabilities" -> capabilities = value.texts();
            case "modified_at" -> modifiedAt = WireValues.timestamp(value);
            default -> value.skip();
        }
    }

    @SuppressWarnings("NullAway") // javac drops the annotation inside the map's type from a record's class file
    private ModelDetails build() {
        ModelDetails.Texts texts = new ModelDetails.Texts(license, modelfile, parameters, template, system);
        return new ModelDetails(texts, traits.build(), information, capabilities, modifiedAt);
    }
}
