package dev.paddock.adapters.http.wire.ollama;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.PromptContext;
import dev.paddock.domain.model.generation.PromptSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/generate}. */
enum OllamaGenerateCodec implements GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> {
    INSTANCE;

    private static final String WHAT = "the answer to a generate request";

    @Override
    public ExchangeRequest encode(GenerateRequest request, boolean stream) {
        return JsonRequests.post(Operation.GENERATE, "/api/generate", stream ? JsonRequests.NDJSON : JsonRequests.JSON, json -> {
                    json.text("model", request.model().value());
                    json.flag("stream", stream);
                    json.text("prompt", request.prompt());
                    writePromptSettings(json, request.promptSettings());
                    OllamaSettingsWriter.write(json, request.settings());
                })
                .withModel(request.model().value());
    }

    @Override
    public ChunkDecoder<GenerateChunk> chunkDecoder() {
        return new OllamaChunkDecoder<>(WHAT, "response", GenerateAnswer::new);
    }

    @Override
    public GenerateResponse decode(byte[] body) {
        GenerateChunk only = JsonReader.read(WHAT, body, new GenerateAnswer("")).onlyChunk();
        return new GenerateResponse(
                only.model(), only.createdAt(), only.output(), only.logprobs(), requireNonNull(only.completion()));
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

    private static final class GenerateAnswer extends OllamaAnswer<GenerateChunk> {

        private @Nullable PromptContext context;

        GenerateAnswer(String likelyModel) {
            super(likelyModel);
        }

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "response" -> content.readText(value);
                case "thinking" -> content.readThinking(value);
                case "tool_calls" -> readToolCalls(value);
                case "context" -> context = context(value.optional().intsOrNull());
                default -> super.accept(name, value);
            }
        }

        @Override
        boolean hasOnlyText() {
            return super.hasOnlyText() && context == null;
        }

        @Override
        GenerateChunk chunk(@Nullable Completion completion) {
            GenerateOutput output = new GenerateOutput(content.text(), content.thinking(), calls(), context);
            return new GenerateChunk(model(), createdAt(), output, logprobs(), completion);
        }

        private static @Nullable PromptContext context(int @Nullable [] tokens) {
            return tokens == null ? null : PromptContext.of(tokens);
        }
    }
}
