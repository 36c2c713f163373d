package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.CatalogCodec;
import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.TypedRequest;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/models}; the dialect has no other call about models. */
enum OpenAiCatalogCodec implements CatalogCodec {
    INSTANCE;

    @Override
    public TypedRequest<List<ModelSummary>> models() {
        return new TypedRequest<>(JsonRequests.get(Operation.LIST_MODELS, "/v1/models"), OpenAiCatalogCodec::readModels);
    }

    @Override
    public TypedRequest<List<RunningModel>> runningModels() {
        throw OpenAiSettingsWriter.refuse("call for the models that are loaded");
    }

    @Override
    public TypedRequest<ModelDetails> show(ModelName model) {
        throw OpenAiSettingsWriter.refuse("call for the details of a model");
    }

    @Override
    public TypedRequest<String> version() {
        throw OpenAiSettingsWriter.refuse("call for the version of the server");
    }

    @Override
    public ExchangeRequest pull(ModelName model) {
        throw OpenAiSettingsWriter.refuse("call to download a model");
    }

    @Override
    public ExchangeRequest delete(ModelName model) {
        throw OpenAiSettingsWriter.refuse("call to delete a model");
    }

    @Override
    public ExchangeRequest copy(ModelName source, ModelName destination) {
        throw OpenAiSettingsWriter.refuse("call to copy a model");
    }

    @Override
    public ChunkDecoder<PullProgress> pullProgressDecoder() {
        throw OpenAiSettingsWriter.refuse("call to download a model");
    }

    /** Ollama says null when it has no models. Some servers send the list without an object around it, or names alone. */
    private static List<ModelSummary> readModels(byte[] body) {
        List<ModelSummary> models = new ArrayList<>();
        JsonReader.readList("the list of models", body, "data", element -> {
            ModelEntry entry = new ModelEntry();
            if (element.isText()) {
                entry.id = element.text();
            } else {
                element.object(entry);
            }
            models.add(entry.summary());
        });
        return List.copyOf(models);
    }

    /** One model in the list; this dialect knows little more than its name. */
    private static final class ModelEntry implements JsonReader.Fields {

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
}
