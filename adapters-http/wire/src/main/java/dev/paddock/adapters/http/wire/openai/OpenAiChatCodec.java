package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.json.JsonRequests;
import dev.paddock.adapters.http.wire.json.MessageContent;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.List;

/** {@code POST /v1/chat/completions}. */
enum OpenAiChatCodec implements GenerationCodec<ChatRequest, ChatChunk, ChatResponse> {
    INSTANCE;

    private static final String TEXT = "content";

    @Override
    public ExchangeRequest encode(ChatRequest request, boolean stream) {
        return JsonRequests.post(Operation.CHAT, "/v1/chat/completions", stream ? JsonRequests.EVENTS : JsonRequests.JSON, json -> {
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
    public ChunkDecoder<ChatChunk> chunkDecoder() {
        return new OpenAiResponseAssembler.Decoder<>(TEXT, (state, choice, completion) -> new ChatChunk(
                state.model(),
                state.createdAt(),
                message(
                        choice == null ? state.remainingContent() : choice.content,
                        completion == null ? List.of() : state.toolCalls()),
                choice == null ? List.of() : choice.logprobs(),
                completion));
    }

    @Override
    public ChatResponse decode(byte[] body) {
        OpenAiResponseAssembler state = new OpenAiResponseAssembler(TEXT);
        OpenAiChunk.Choice choice = state.addWhole(body);
        Message message = message(choice.content, state.toolCalls());
        return new ChatResponse(state.model(), state.createdAt(), message, choice.logprobs(), state.completion());
    }

    private static Message message(MessageContent content, List<ToolCall> toolCalls) {
        return new Message(Role.ASSISTANT, content.text(), content.thinking(), List.of(), toolCalls, null);
    }
}
