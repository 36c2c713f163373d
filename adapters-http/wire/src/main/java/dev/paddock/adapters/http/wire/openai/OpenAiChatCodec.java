package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/chat/completions}. */
enum OpenAiChatCodec implements GenerationCodec<ChatRequest, ChatChunk, ChatResponse> {
    INSTANCE;

    @Override
    public ExchangeRequest encode(ChatRequest request, boolean stream) {
        return JsonRequests.post(Operation.CHAT, "/v1/chat/completions", OpenAiMediaTypes.ofAnswer(stream), json -> {
                    json.text("model", request.model().value());
                    json.objects("messages", request.messages(), OpenAiMessageWriter::writeMessage);
                    if (!request.tools().isEmpty()) {
                        json.objects("tools", request.tools(), OpenAiMessageWriter::writeTool);
                    }
                    OpenAiSettingsWriter.writeChat(json, request.settings(), stream);
                })
                .withModel(request.model().value());
    }

    @Override
    public ChunkDecoder<ChatChunk> chunks() {
        return new Chunks();
    }

    @Override
    public ChatResponse decode(byte[] body) {
        OpenAiResponseAssembler state = new OpenAiResponseAssembler();
        Choice choice = state.addWhole(body);
        Message message = message(choice, state.toolCalls());
        return new ChatResponse(state.model(), state.createdAt(), message, choice.logprobs(), state.completion());
    }

    private static Message message(Choice choice, List<ToolCall> toolCalls) {
        return new Message(Role.ASSISTANT, choice.text(), choice.reasoning(), List.of(), toolCalls, null);
    }

    /** Tool calls come in pieces, so that they are given out with the last chunk. */
    private static final class Chunks implements ChunkDecoder<ChatChunk> {

        private final OpenAiResponseAssembler state = new OpenAiResponseAssembler();

        @Override
        public @Nullable ChatChunk decode(Frame frame) {
            SseEvent event = SseEvent.parse(frame);
            if (event.isDone()) {
                Message last = Message.assistant("").withToolCalls(state.toolCalls());
                return new ChatChunk(state.model(), state.createdAt(), last, List.of(), state.completion());
            }
            Choice choice = state.add(event);
            return choice == null
                    ? null
                    : new ChatChunk(
                            state.model(), state.createdAt(), message(choice, List.of()), choice.logprobs(), null);
        }

        @Override
        public ChatChunk decodeWhole(byte[] body) {
            Choice choice = state.addWhole(body);
            Message message = message(choice, state.toolCalls());
            return new ChatChunk(state.model(), state.createdAt(), message, choice.logprobs(), state.completion());
        }
    }
}
