package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.CatalogCodec;
import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.TypedRequest;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/tags}, {@code /api/ps}, {@code /api/show}, {@code /api/pull}, {@code /api/delete}, {@code /api/copy} and {@code /api/version}. */
enum OllamaCatalogCodec implements CatalogCodec {
    INSTANCE;

    @Override
    public TypedRequest<List<ModelSummary>> models() {
        return new TypedRequest<>(
                JsonRequests.get(Operation.LIST_MODELS, "/api/tags"),
                body -> OllamaModelParser.readAll("the list of models", body, OllamaModelParser::summary));
    }

    @Override
    public TypedRequest<List<RunningModel>> runningModels() {
        return new TypedRequest<>(
                JsonRequests.get(Operation.RUNNING_MODELS, "/api/ps"),
                body -> OllamaModelParser.readAll("the list of loaded models", body, OllamaModelParser::running));
    }

    @Override
    public TypedRequest<ModelDetails> show(ModelName model) {
        ExchangeRequest request = JsonRequests.post(
                Operation.SHOW_MODEL, "/api/show", json -> json.text("model", model.value()));
        return new TypedRequest<>(request.withModel(model.value()), OllamaModelParser::readDetails);
    }

    @Override
    public TypedRequest<String> version() {
        return new TypedRequest<>(JsonRequests.get(Operation.VERSION, "/api/version"), OllamaCatalogCodec::readVersion);
    }

    @Override
    public ExchangeRequest pull(ModelName model) {
        return JsonRequests.post(Operation.PULL_MODEL, "/api/pull", JsonRequests.NDJSON, json -> {
                    json.text("model", model.value());
                    json.flag("stream", true);
                })
                .withModel(model.value());
    }

    @Override
    public ExchangeRequest delete(ModelName model) {
        return JsonRequests.withBody(Operation.DELETE_MODEL, "DELETE", "/api/delete", json -> json.text("model", model.value()))
                .withModel(model.value());
    }

    @Override
    public ExchangeRequest copy(ModelName source, ModelName destination) {
        return JsonRequests.post(Operation.COPY_MODEL, "/api/copy", json -> {
                    json.text("source", source.value());
                    json.text("destination", destination.value());
                })
                .withModel(source.value());
    }

    @Override
    public ChunkDecoder<PullProgress> pullProgressDecoder() {
        return new PullDecoder();
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

    /** Reads the reports on a download, each by itself. Ollama leaves out the numbers that are zero. */
    private static final class PullDecoder implements ChunkDecoder<PullProgress> {

        @Override
        public @Nullable PullProgress decode(Frame frame) {
            SseEvent event = SseEvent.parse(frame);
            byte[] text = event.text();
            boolean isHeartbeat = FrameReader.isOtherValue(text, 0, text.length);
            return event.isReadable() && !isHeartbeat ? decode(text) : null;
        }

        @Override
        public PullProgress decodeWhole(byte[] body) {
            PullProgress only = decode(body);
            if (!only.isSuccess()) {
                throw new TruncatedResponseException("the download ended without success", ErrorFacts.NONE);
            }
            return only;
        }

        private static PullProgress decode(byte[] json) {
            PullReport report = JsonReader.read("the report on a download", json, new PullReport());
            return new PullProgress(report.status, report.digest, report.total, report.completed);
        }
    }

    private static final class PullReport implements JsonReader.Fields {

        private String status = "";
        private @Nullable String digest;
        private long total;
        private long completed;

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "status" -> status = value.text();
                case "digest" -> digest = value.optional().textOrNull();
                case "total" -> total = WireValues.bytes(value);
                case "completed" -> completed = WireValues.bytes(value);
                default -> value.skip();
            }
        }
    }
}
