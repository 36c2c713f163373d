package dev.paddock.e2e;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.exchange.CallContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call of the typed library in a dialect, whose outcome is described in one line of text. */
enum RawCall {
    OPENAI_CHAT_STREAM("openai", "chat --stream --model m hello", RawCall::chatStream),
    OPENAI_CHAT("openai", "chat --no-stream --model m hello", RawCall::chat),
    OPENAI_GENERATE_STREAM("openai", "generate --stream --model m hello", RawCall::generateStream),
    OPENAI_EMBED("openai", "embed --model m hello", RawCall::embed),
    OPENAI_MODELS("openai", "models", RawCall::models),
    OLLAMA_CHAT_STREAM("ollama", "chat --stream --model m hello", RawCall::chatStream),
    OLLAMA_CHAT("ollama", "chat --no-stream --model m hello", RawCall::chat),
    OLLAMA_GENERATE_STREAM("ollama", "generate --stream --model m hello", RawCall::generateStream),
    OLLAMA_EMBED("ollama", "embed --model m hello", RawCall::embed),
    OLLAMA_MODELS("ollama", "models", RawCall::models);

    private static final ChatRequest CHAT = ChatRequest.of("m", "hello");

    private final String dialect;
    private final String command;
    private final Function<Paddock, String> caller;

    RawCall(String dialect, String command, Function<Paddock, String> caller) {
        this.dialect = dialect;
        this.command = command;
        this.caller = caller;
    }

    String dialect() {
        return dialect;
    }

    /** Returns the arguments with which the command line makes the call. */
    List<String> command() {
        return List.of(command.split(" "));
    }

    /**
     * Makes the call and returns what the caller sees.
     *
     * @throws LlmException if it fails
     */
    String run(Paddock paddock) {
        return caller.apply(paddock);
    }

    /** Returns what a caller sees of a failure. */
    static String describe(LlmException failure) {
        return "failed " + failure.kind() + " after '" + failure.facts().textReceived() + "': " + failure.getMessage();
    }

    private static String chat(Paddock paddock) {
        ChatResponse response = paddock.llm().chat(CHAT);
        return describe(response.message()) + describe(response.completion());
    }

    private static String chatStream(Paddock paddock) {
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        StringBuilder calls = new StringBuilder();
        Completion completion = null;
        try (ResponseStream<ChatChunk> stream = paddock.llm().chatStream(CHAT)) {
            while (stream.hasNext()) {
                ChatChunk chunk = stream.next();
                text.append(chunk.text());
                thinking.append(chunk.message().thinking() == null ? "" : chunk.message().thinking());
                chunk.message().toolCalls().forEach(calls::append);
                completion = chunk.completion();
            }
        }
        return describe(text, thinking, calls) + describe(completion);
    }

    private static String generateStream(Paddock paddock) {
        StringBuilder text = new StringBuilder();
        Completion completion = null;
        try (ResponseStream<GenerateChunk> stream = paddock.llm().generateStream(GenerateRequest.of("m", "hello"))) {
            while (stream.hasNext()) {
                GenerateChunk chunk = stream.next();
                text.append(chunk.text());
                completion = chunk.completion();
            }
        }
        return describe(text, "", "") + describe(completion);
    }

    private static String embed(Paddock paddock) {
        return paddock.llm().embed(EmbedRequest.of("m", "a text")).embeddings().toString();
    }

    private static String models(Paddock paddock) {
        return paddock.models().models(CallContext.create()).toString();
    }

    private static String describe(Message message) {
        StringBuilder calls = new StringBuilder();
        message.toolCalls().forEach(calls::append);
        return describe(message.content(), message.thinking() == null ? "" : message.thinking(), calls);
    }

    private static String describe(CharSequence text, CharSequence thinking, CharSequence calls) {
        return "text '" + text + "' thinking '" + thinking + "' calls '" + calls + "'";
    }

    private static String describe(@Nullable Completion completion) {
        return completion == null ? " without an end" : " reason '" + completion.reason() + "' usage " + completion.usage();
    }
}
