package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.embedding.EmbedSettings;

/** {@code POST /v1/embeddings}. Base64 is asked for, a quarter of the size of numbers; both are understood. */
enum OpenAiEmbedCodec implements EmbedCodec {
    INSTANCE;

    @Override
    public ExchangeRequest encode(EmbedRequest request) {
        EmbedSettings settings = request.settings();
        Unsupported.requireUnset(settings.truncate(), "truncate setting");
        Unsupported.requireUnset(settings.keepAlive(), "keep-alive");
        return JsonRequests.post(Operation.EMBED, "/v1/embeddings", json -> {
                    json.text("model", request.model().value());
                    json.texts("input", request.input());
                    json.text("encoding_format", "base64");
                    json.plain("dimensions", settings.dimensions());
                    OpenAiOptionsWriter.write(json, settings.options());
                })
                .withModel(request.model().value());
    }

    @Override
    public EmbedResponse decode(byte[] body) {
        return JsonReader.readVectors("the answer to an embed request", body, new OpenAiEmbedParser()).response();
    }
}
