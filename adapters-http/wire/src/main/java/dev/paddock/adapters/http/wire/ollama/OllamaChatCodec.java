package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.ChatChunk;
import dev.paddock.domain.model.ChatRequest;
import dev.paddock.domain.model.ChatResponse;

/** {@code POST /api/chat}. */
enum OllamaChatCodec implements GenerationCodec<ChatRequest, ChatChunk, ChatResponse> {
    INSTANCE;

    @Override
    public ExchangeRequest encode(ChatRequest request, boolean stream) {
        return JsonRequests.post(Operation.CHAT, "/api/chat", MediaTypes.ofAnswer(stream), json -> {
                    json.text("model", request.model().value());
                    json.flag("stream", stream);
                    json.objects("messages", request.messages(), MessageWriter::writeMessage);
                    if (!request.tools().isEmpty()) {
                        json.objects("tools", request.tools(), MessageWriter::writeTool);
                    }
                    SettingsWriter.write(json, request.settings());
                })
                .withModel(request.model().value());
    }

    @Override
    public ChunkDecoder<ChatChunk> chunks() {
        return new Chunks();
    }

    @Override
    public ChatResponse decode(byte[] body) {
        return ChatAnswer.read(body).response();
    }

    /** Every line stands for itself, but one parser reads them. */
    private static final class Chunks implements ChunkDecoder<ChatChunk> {

        private final FrameReader lines = new FrameReader(ChatAnswer.WHAT);

        @Override
        public ChatChunk decode(byte[] frame) {
            ChatChunk chunk = lines.read(frame, ChatAnswer::new).chunk();
            if (chunk.completion() != null) {
                lines.close();
            }
            return chunk;
        }

        @Override
        public ChatChunk decodeWhole(byte[] body) {
            return ChatAnswer.read(body).onlyChunk();
        }
    }
}
