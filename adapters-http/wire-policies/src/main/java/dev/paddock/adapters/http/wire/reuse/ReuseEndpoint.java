package dev.paddock.adapters.http.wire.reuse;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints whose answers may be used again. Paths are compared as they are sent, without their query. */
enum ReuseEndpoint {
    NATIVE_CHAT("/api/chat", "messages", true),
    NATIVE_GENERATE("/api/generate", "prompt", true),
    NATIVE_EMBED("/api/embed", "input", true),
    NATIVE_EMBEDDINGS("/api/embeddings", "prompt", true),
    OPENAI_CHAT("/v1/chat/completions", "messages", false),
    OPENAI_COMPLETIONS("/v1/completions", "prompt", false),
    OPENAI_EMBEDDINGS("/v1/embeddings", "input", false),
    OPENAI_RESPONSES("/v1/responses", "input", false),
    ANTHROPIC_MESSAGES("/v1/messages", "messages", false);

    private static final Map<String, ReuseEndpoint> BY_PATH =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(endpoint -> endpoint.path, Function.identity()));

    private final String path;
    private final String prompt;
    private final boolean isNative;

    ReuseEndpoint(String path, String prompt, boolean isNative) {
        this.path = path;
        this.prompt = prompt;
        this.isNative = isNative;
    }

    /** Returns the endpoint of a request target, or null when it is none of these. */
    static @Nullable ReuseEndpoint of(String target) {
        int query = target.indexOf('?');
        return BY_PATH.get(query < 0 ? target : target.substring(0, query));
    }

    /** Returns how its answers are divided into pieces, or null when they never are. */
    @Nullable StreamForm form() {
        return switch (this) {
            case NATIVE_CHAT -> NativeForm.CHAT;
            case NATIVE_GENERATE -> NativeForm.GENERATE;
            case OPENAI_CHAT -> OpenAiForm.CHAT;
            case OPENAI_COMPLETIONS -> OpenAiForm.COMPLETION;
            case OPENAI_RESPONSES -> ResponsesForm.INSTANCE;
            case ANTHROPIC_MESSAGES -> AnthropicForm.INSTANCE;
            case NATIVE_EMBED, NATIVE_EMBEDDINGS, OPENAI_EMBEDDINGS -> null;
        };
    }

    /** Returns the name of the field that the model reads. */
    String prompt() {
        return prompt;
    }

    /** Returns how many texts a request has for the model to read; a list of numbers is one text, in tokens. */
    int texts(Map<String, @Nullable Object> request) {
        return request.get(prompt) instanceof List<?> list && !list.stream().allMatch(Number.class::isInstance) ? list.size() : 1;
    }

    /** Returns whether it belongs to Ollama's own API. */
    boolean isNative() {
        return isNative;
    }

    /** Returns whether it computes vectors. */
    boolean isEmbedding() {
        return form() == null;
    }

    /** Returns whether a request has nothing for the model to read. Ollama takes such a request as one to load the model. */
    boolean hasNoPrompt(Map<String, @Nullable Object> request) {
        Object value = request.get(prompt);
        return value == null || value.equals("") || (value instanceof List<?> list && list.isEmpty());
    }

    /** Returns the object that holds temperature and seed. */
    Map<String, @Nullable Object> options(Map<String, @Nullable Object> request) {
        return isNative ? objectOf(request.get("options")) : request;
    }

    @SuppressWarnings("unchecked") // canonical JSON has texts as names
    private static Map<String, @Nullable Object> objectOf(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
