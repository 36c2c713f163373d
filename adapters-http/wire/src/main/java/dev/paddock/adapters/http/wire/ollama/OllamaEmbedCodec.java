package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.VectorList;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.domain.model.generation.Completion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/embed}; the answer of the older {@code /api/embeddings} is understood too. */
enum OllamaEmbedCodec implements EmbedCodec {
    INSTANCE;

    @Override
    public ExchangeRequest encode(EmbedRequest request) {
        EmbedSettings settings = request.settings();
        return JsonRequests.post(Operation.EMBED, "/api/embed", json -> {
                    json.text("model", request.model().value());
                    // Always an array: a lone empty text would only load the model, in an array it has a vector.
                    json.texts("input", request.input());
                    json.flag("truncate", settings.truncate());
                    json.plain("dimensions", settings.dimensions());
                    OllamaSettingsWriter.writeKeepAlive(json, settings.keepAlive());
                    OllamaSettingsWriter.writeOptions(json, settings.options());
                })
                .withModel(request.model().value());
    }

    @Override
    public EmbedResponse decode(byte[] body) {
        return JsonReader.readVectors("the answer to an embed request", body, new OllamaEmbedParser()).chunk(null);
    }

    private static final class OllamaEmbedParser extends OllamaAnswer<EmbedResponse> {

        private final VectorList vectors = new VectorList();

        OllamaEmbedParser() {
            super("");
        }

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "embeddings" -> value.vectors(vectors);
                case "embedding" -> vectors.accept(value);
                default -> super.accept(name, value);
            }
        }

        @Override
        EmbedResponse chunk(@Nullable Completion completion) {
            return new EmbedResponse(model(), vectors.vectors(), usage(), timings());
        }
    }
}
