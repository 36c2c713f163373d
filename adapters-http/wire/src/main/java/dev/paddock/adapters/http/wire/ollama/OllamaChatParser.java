package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.Message;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One line of a chat, or the whole answer: they have the same fields. */
final class OllamaChatParser implements OllamaResponseParser<ChatChunk> {

    static final String WHAT = "the answer to a chat";

    private final OllamaResponseFields common;
    private final MessageFields message = new MessageFields();

    /** Creates an answer, or a line of one, that will probably name the given model. */
    OllamaChatParser(String likelyModel) {
        this.common = new OllamaResponseFields(likelyModel);
    }

    static OllamaChatParser read(byte[] json) {
        return JsonReader.read(WHAT, json, new OllamaChatParser(""));
    }

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        if (name.equals("message")) {
            value.object(message);
        } else {
            common.accept(name, value);
        }
    }

    @Override
    public ChatChunk chunk() {
        return chunk(message.build(), common.completion());
    }

    @Override
    public ChatChunk onlyChunk() {
        Message whole = message.build();
        return chunk(whole, common.requireCompletion(whole.content()));
    }

    @Override
    public String model() {
        return common.model();
    }

    @Override
    public boolean isLast() {
        return common.isLast();
    }

    ChatResponse response() {
        Message whole = message.build();
        Completion completion = common.requireCompletion(whole.content());
        return new ChatResponse(common.model(), common.createdAt(), whole, common.logprobs(), completion);
    }

    private ChatChunk chunk(Message piece, @Nullable Completion completion) {
        return new ChatChunk(common.model(), common.createdAt(), piece, common.logprobs(), completion);
    }
}
