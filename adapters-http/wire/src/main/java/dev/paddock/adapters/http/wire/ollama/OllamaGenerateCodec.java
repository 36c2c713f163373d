package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.PromptContext;
import dev.paddock.domain.model.generation.PromptSettings;
import java.io.IOException;

/** {@code POST /api/generate}. */
enum OllamaGenerateCodec implements GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> {
    INSTANCE;

    @Override
    public ExchangeRequest encode(GenerateRequest request, boolean stream) {
        return JsonRequests.post(Operation.GENERATE, "/api/generate", OllamaMediaTypes.ofAnswer(stream), json -> {
                    json.text("model", request.model().value());
                    json.flag("stream", stream);
                    json.text("prompt", request.prompt());
                    writePromptSettings(json, request.promptSettings());
                    OllamaSettingsWriter.write(json, request.settings());
                })
                .withModel(request.model().value());
    }

    @Override
    public ChunkDecoder<GenerateChunk> chunks() {
        return new OllamaChunkDecoder<>(OllamaGenerateParser.WHAT, OllamaGenerateParser::new);
    }

    @Override
    public GenerateResponse decode(byte[] body) {
        return OllamaGenerateParser.read(body).response();
    }

    private static void writePromptSettings(JsonWriter json, PromptSettings settings) throws IOException {
        json.text("suffix", settings.suffix());
        json.text("system", settings.system());
        json.text("template", settings.template());
        if (settings.raw()) {
            json.flag("raw", true);
        }
        OllamaMessageWriter.writeImages(json, settings.images());
        PromptContext context = settings.context();
        if (context != null) {
            json.numbers("context", context.tokens());
        }
    }
}
