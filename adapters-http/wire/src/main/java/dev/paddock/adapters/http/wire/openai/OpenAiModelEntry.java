package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One model in the list; this dialect knows little more than its name. */
final class OpenAiModelEntry implements JsonReader.Fields {

    private String id = "";
    private @Nullable Instant created;

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "id" -> id = value.text();
            case "created" -> created = WireValues.epochSeconds(value);
            default -> value.skip();
        }
    }

    ModelSummary summary() {
        return new ModelSummary(id, created, 0, "", ModelTraits.UNKNOWN, List.of());
    }
}
