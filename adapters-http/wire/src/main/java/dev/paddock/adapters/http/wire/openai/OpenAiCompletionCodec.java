package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.adapters.http.wire.json.MessageContent;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.PromptSettings;
import java.io.IOException;
import java.util.List;

/** {@code POST /v1/completions}. */
enum OpenAiCompletionCodec implements GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> {
    INSTANCE;

    private static final String TEXT = "text";

    @Override
    public ExchangeRequest encode(GenerateRequest request, boolean stream) {
        return JsonRequests.post(Operation.GENERATE, "/v1/completions", stream ? JsonRequests.EVENTS : JsonRequests.JSON, json -> {
                    json.text("model", request.model().value());
                    json.text("prompt", request.prompt());
                    writePromptSettings(json, request.promptSettings());
                    OpenAiSettingsWriter.writeCompletion(json, request.settings(), stream);
                })
                .withModel(request.model().value());
    }

    @Override
    public ChunkDecoder<GenerateChunk> chunkDecoder() {
        return new OpenAiResponseAssembler.Decoder<>(TEXT, (state, choice, completion) -> new GenerateChunk(
                state.model(),
                state.createdAt(),
                output(choice == null ? state.remainingContent() : choice.content),
                choice == null ? List.of() : choice.logprobs(),
                completion));
    }

    @Override
    public GenerateResponse decode(byte[] body) {
        OpenAiResponseAssembler state = new OpenAiResponseAssembler(TEXT);
        OpenAiChunk.Choice choice = state.addWhole(body);
        return new GenerateResponse(
                state.model(), state.createdAt(), output(choice.content), choice.logprobs(), state.completion());
    }

    private static void writePromptSettings(JsonWriter json, PromptSettings settings) throws IOException {
        json.text("suffix", settings.suffix());
        OpenAiSettingsWriter.requireUnset(settings.system(), "system prompt for completions; use chat");
        OpenAiSettingsWriter.requireUnset(settings.template(), "prompt template");
        OpenAiSettingsWriter.requireUnset(settings.raw() ? true : null, "raw setting");
        OpenAiSettingsWriter.requireUnset(settings.context(), "context of an earlier completion; use chat");
        OpenAiSettingsWriter.requireUnset(settings.images().isEmpty() ? null : true, "images for completions; use chat");
    }

    private static GenerateOutput output(MessageContent content) {
        return new GenerateOutput(content.text(), content.thinking(), List.of(), null);
    }
}
