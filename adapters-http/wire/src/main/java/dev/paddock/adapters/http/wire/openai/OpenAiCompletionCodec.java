package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.PromptSettings;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/completions}. */
enum OpenAiCompletionCodec implements GenerationCodec<GenerateRequest, GenerateChunk, GenerateResponse> {
    INSTANCE;

    private static final GenerateOutput NOTHING = new GenerateOutput("", null, List.of(), null);

    @Override
    public ExchangeRequest encode(GenerateRequest request, boolean stream) {
        return JsonRequests.post(Operation.GENERATE, "/v1/completions", OpenAiMediaTypes.ofAnswer(stream), json -> {
                    json.text("model", request.model().value());
                    json.text("prompt", request.prompt());
                    writePromptSettings(json, request.promptSettings());
                    OpenAiSettingsWriter.writeCompletion(json, request.settings(), stream);
                })
                .withModel(request.model().value());
    }

    @Override
    public ChunkDecoder<GenerateChunk> chunks() {
        return new Chunks();
    }

    @Override
    public GenerateResponse decode(byte[] body) {
        OpenAiResponseAssembler state = new OpenAiResponseAssembler();
        Choice choice = state.addWhole(body);
        return new GenerateResponse(
                state.model(), state.createdAt(), output(choice), choice.logprobs(), state.completion());
    }

    private static void writePromptSettings(JsonWriter json, PromptSettings settings) throws IOException {
        json.text("suffix", settings.suffix());
        Unsupported.requireUnset(settings.system(), "system prompt for completions; use chat");
        Unsupported.requireUnset(settings.template(), "prompt template");
        Unsupported.requireUnset(settings.raw() ? true : null, "raw setting");
        Unsupported.requireUnset(settings.context(), "context of an earlier completion; use chat");
        Unsupported.requireUnset(settings.images().isEmpty() ? null : true, "images for completions; use chat");
    }

    private static GenerateOutput output(Choice choice) {
        return new GenerateOutput(choice.text(), choice.reasoning(), List.of(), null);
    }

    private static final class Chunks implements ChunkDecoder<GenerateChunk> {

        private final OpenAiResponseAssembler state = new OpenAiResponseAssembler();

        @Override
        public @Nullable GenerateChunk decode(Frame frame) {
            SseEvent event = SseEvent.parse(frame);
            if (event.isDone()) {
                return new GenerateChunk(state.model(), state.createdAt(), NOTHING, List.of(), state.completion());
            }
            Choice choice = state.add(event);
            return choice == null
                    ? null
                    : new GenerateChunk(state.model(), state.createdAt(), output(choice), choice.logprobs(), null);
        }

        @Override
        public GenerateChunk decodeWhole(byte[] body) {
            Choice choice = state.addWhole(body);
            return new GenerateChunk(
                    state.model(), state.createdAt(), output(choice), choice.logprobs(), state.completion());
        }
    }
}
