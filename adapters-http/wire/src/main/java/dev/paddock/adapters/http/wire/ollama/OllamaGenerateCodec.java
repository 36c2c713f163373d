package dev.paddock.adapters.http.wire.ollama;

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
        return new OllamaChunkDecoder<>(WHAT, GenerateAnswer::new);
    }

    @Override
    public GenerateResponse decode(byte[] body) {
        GenerateAnswer answer = JsonReader.read(WHAT, body, new GenerateAnswer(""));
        Completion completion = answer.requireCompletion();
        return new GenerateResponse(
                answer.model(), answer.createdAt(), answer.output(), answer.logprobs(), completion);
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

        private final OllamaMessageParser.ToolCalls toolCalls = new OllamaMessageParser.ToolCalls();
        private String text = "";
        private @Nullable String thinking;
        private @Nullable PromptContext context;

        GenerateAnswer(String likelyModel) {
            super(likelyModel);
        }

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "response" -> text = value.text();
                case "thinking" -> thinking = value.textOrNull();
                case "tool_calls" -> value.array(toolCalls);
                case "context" -> context = value.isNull() ? null : PromptContext.of(value.ints());
                default -> super.accept(name, value);
            }
        }

        @Override
        GenerateChunk chunk(@Nullable Completion completion) {
            return new GenerateChunk(model(), createdAt(), output(), logprobs(), completion);
        }

        @Override
        String text() {
            return text;
        }

        private GenerateOutput output() {
            return new GenerateOutput(text, thinking, toolCalls.calls(), context);
        }
    }
}
