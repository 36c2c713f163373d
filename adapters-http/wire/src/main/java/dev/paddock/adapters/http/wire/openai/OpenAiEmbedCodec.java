package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.VectorList;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.domain.model.embedding.Embedding;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** {@code POST /v1/embeddings}. Base64 is asked for, a quarter of the size of numbers; both are understood. */
enum OpenAiEmbedCodec implements EmbedCodec {
    INSTANCE;

    @Override
    public ExchangeRequest encode(EmbedRequest request) {
        EmbedSettings settings = request.settings();
        OpenAiSettingsWriter.requireUnset(settings.truncate(), "truncate setting");
        OpenAiSettingsWriter.requireUnset(settings.keepAlive(), "keep-alive");
        return JsonRequests.post(Operation.EMBED, "/v1/embeddings", json -> {
                    json.text("model", request.model().value());
                    json.texts("input", request.input());
                    json.text("encoding_format", "base64");
                    json.plain("dimensions", settings.dimensions());
                    OpenAiSettingsWriter.writeOptions(json, settings.options());
                })
                .withModel(request.model().value());
    }

    @Override
    public EmbedResponse decode(byte[] body) {
        return JsonReader.readVectors("the answer to an embed request", body, new OpenAiEmbedParser()).response();
    }

    /** The answer to an embed request. Each vector says by its index to which text it belongs. */
    private static final class OpenAiEmbedParser implements JsonReader.Fields {

        private final VectorList vectors = new VectorList();
        private final NavigableMap<Integer, Embedding> byIndex = new TreeMap<>();
        private String model = "";
        private TokenUsage usage = TokenUsage.UNKNOWN;

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "model" -> model = value.optional().text();
                case "data" -> value.array(this::acceptVector);
                case "usage" -> {
                    TokenUsage given = OpenAiChunk.UsageParser.read(value);
                    usage = given == null ? usage : given;
                }
                default -> value.skip();
            }
        }

        EmbedResponse response() {
            return new EmbedResponse(model, inOrder(), usage, Timings.UNKNOWN);
        }

        private void acceptVector(JsonReader entry) throws IOException {
            int before = vectors.vectors().size();
            int[] index = {before}; // a server that gives no index means the order
            entry.object((name, value) -> {
                switch (name) {
                    case "embedding" -> vectors.accept(value);
                    case "index" -> index[0] = Objects.requireNonNullElse(WireValues.index(value), before);
                    default -> value.skip();
                }
            });
            boolean hasVector = vectors.vectors().size() == before + 1;
            if (!hasVector || byIndex.put(index[0], vectors.vectors().getLast()) != null) {
                throw new MalformedResponseException(
                        "an entry of the answer has no vector or no new index", ErrorFacts.NONE);
            }
        }

        private List<Embedding> inOrder() {
            int size = byIndex.size();
            if (size > 0 && (byIndex.firstKey() != 0 || byIndex.lastKey() != size - 1)) {
                throw new MalformedResponseException(
                        "the vectors of the answer are not numbered from 0 to " + (size - 1), ErrorFacts.NONE);
            }
            return List.copyOf(byIndex.values());
        }
    }
}
