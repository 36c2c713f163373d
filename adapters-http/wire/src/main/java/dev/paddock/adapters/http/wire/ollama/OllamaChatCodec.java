package dev.paddock.adapters.http.wire.ollama;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;

/** {@code POST /api/chat}. */
enum OllamaChatCodec implements GenerationCodec<ChatRequest, ChatChunk, ChatResponse> {
    INSTANCE;

    private static final String WHAT = "the answer to a chat";

    @Override
    public ExchangeRequest encode(ChatRequest request, boolean stream) {
        return JsonRequests.post(Operation.CHAT, "/api/chat", stream ? JsonRequests.NDJSON : JsonRequests.JSON, json -> {
                    json.text("model", request.model().value());
                    json.flag("stream", stream);
                    json.objects("messages", request.messages(), OllamaMessageWriter::writeMessage);
                    if (!request.tools().isEmpty()) {
                        json.objects("tools", request.tools(), OllamaMessageWriter::writeTool);
                    }
                    OllamaSettingsWriter.write(json, request.settings());
                })
                .withModel(request.model().value());
    }

    @Override
    public ChunkDecoder<ChatChunk> chunkDecoder() {
        return new OllamaChunkDecoder<>(WHAT, "content", OllamaChatAnswer::new);
    }

    @Override
    public ChatResponse decode(byte[] body) {
        ChatChunk only = JsonReader.read(WHAT, body, new OllamaChatAnswer("")).onlyChunk();
        return new ChatResponse(
                only.model(), only.createdAt(), only.message(), only.logprobs(), requireNonNull(only.completion()));
    }
}
