package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.CatalogCodec;
import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.Query;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import java.util.ArrayList;
import java.util.List;

/** {@code GET /v1/models}; the dialect has no other call about models. */
enum OpenAiCatalogCodec implements CatalogCodec {
    INSTANCE;

    @Override
    public Query<List<ModelSummary>> models() {
        return new Query<>(JsonRequests.get(Operation.LIST_MODELS, "/v1/models"), OpenAiCatalogCodec::readModels);
    }

    @Override
    public Query<List<RunningModel>> runningModels() {
        throw Unsupported.refuse("call for the models that are loaded");
    }

    @Override
    public Query<ModelDetails> show(ModelName model) {
        throw Unsupported.refuse("call for the details of a model");
    }

    @Override
    public Query<String> version() {
        throw Unsupported.refuse("call for the version of the server");
    }

    @Override
    public ExchangeRequest pull(ModelName model) {
        throw Unsupported.refuse("call to download a model");
    }

    @Override
    public ChunkDecoder<PullProgress> pullProgressDecoder() {
        throw Unsupported.refuse("call to download a model");
    }

    /** Ollama says null when it has no models. */
    private static List<ModelSummary> readModels(byte[] body) {
        List<ModelSummary> models = new ArrayList<>();
        JsonReader.read("the list of models", body, (name, value) -> {
            if (name.equals("data")) {
                value.array(element -> {
                    OpenAiModelEntry entry = new OpenAiModelEntry();
                    element.object(entry);
                    models.add(entry.summary());
                });
            } else {
                value.skip();
            }
        });
        return List.copyOf(models);
    }
}
