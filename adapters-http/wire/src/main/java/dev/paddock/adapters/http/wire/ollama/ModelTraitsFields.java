package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.catalog.ModelTraits;
import java.io.IOException;
import java.util.List;

/** The {@code details} of a model. */
final class ModelTraitsFields implements JsonReader.Fields {

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

    ModelTraits build() {
        return new ModelTraits(parentModel, format, family, families, parameterSize, quantization);
    }
}
