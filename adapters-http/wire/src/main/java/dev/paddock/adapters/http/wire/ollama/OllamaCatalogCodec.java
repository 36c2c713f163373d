package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.CatalogCodec;
import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.Query;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import java.util.List;

/** {@code /api/tags}, {@code /api/ps}, {@code /api/show}, {@code /api/pull} and {@code /api/version}. */
enum OllamaCatalogCodec implements CatalogCodec {
    INSTANCE;

    @Override
    public Query<List<ModelSummary>> models() {
        return new Query<>(
                JsonRequests.get(Operation.LIST_MODELS, "/api/tags"),
                body -> OllamaModelEntry.readAll("the list of models", body, OllamaModelEntry::summary));
    }

    @Override
    public Query<List<RunningModel>> runningModels() {
        return new Query<>(
                JsonRequests.get(Operation.RUNNING_MODELS, "/api/ps"),
                body -> OllamaModelEntry.readAll("the list of loaded models", body, OllamaModelEntry::running));
    }

    @Override
    public Query<ModelDetails> show(ModelName model) {
        ExchangeRequest request = JsonRequests.post(
                Operation.SHOW_MODEL, "/api/show", json -> json.text("model", model.value()));
        return new Query<>(request.withModel(model.value()), OllamaShowParser::read);
    }

    @Override
    public Query<String> version() {
        return new Query<>(JsonRequests.get(Operation.VERSION, "/api/version"), OllamaCatalogCodec::readVersion);
    }

    @Override
    public ExchangeRequest pull(ModelName model) {
        return JsonRequests.post(Operation.PULL_MODEL, "/api/pull", OllamaMediaTypes.ofAnswer(true), json -> {
                    json.text("model", model.value());
                    json.flag("stream", true);
                })
                .withModel(model.value());
    }

    @Override
    public ChunkDecoder<PullProgress> pullProgressDecoder() {
        return new OllamaChunkDecoder<>(OllamaPullParser.WHAT, model -> new OllamaPullParser());
    }

    private static String readVersion(byte[] body) {
        StringBuilder version = new StringBuilder();
        JsonReader.read("the version of the server", body, (name, value) -> {
            if (name.equals("version")) {
                version.append(value.text());
            } else {
                value.skip();
            }
        });
        if (version.isEmpty()) {
            throw new MalformedResponseException("the server does not say its version", ErrorFacts.NONE);
        }
        return version.toString();
    }
}
