package dev.paddock.adapters.http.wire.embedding;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The APIs that embed several texts with one request. */
public enum EmbeddingFormat {
    /** Ollama's {@code /api/embed}. */
    NATIVE("/api/embed", "embeddings", "application/json; charset=utf-8"),
    /** OpenAI's {@code /v1/embeddings}. */
    OPENAI("/v1/embeddings", "data", "application/json");

    private final String path;
    private final String vectors;
    private final String mediaType;

    EmbeddingFormat(String path, String vectors, String mediaType) {
        this.path = path;
        this.vectors = vectors;
        this.mediaType = mediaType;
    }

    /** Returns the format of requests to a target, with or without a query; null when it is none of these. */
    static @Nullable EmbeddingFormat of(String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return path.equals(NATIVE.path) ? NATIVE : path.equals(OPENAI.path) ? OPENAI : null;
    }

    /** Returns the media type of answers. */
    public String mediaType() {
        return mediaType;
    }

    /** Returns the name of the field of an answer that has the vectors. */
    String vectors() {
        return vectors;
    }

    /** Returns how many tokens an answer counts, or null when it does not say. */
    @Nullable Long tokens(Map<String, @Nullable Object> answer) {
        Object count = switch (this) {
            case NATIVE -> answer.get("prompt_eval_count");
            case OPENAI -> answer.get("usage") instanceof Map<?, ?> usage ? usage.get("prompt_tokens") : null;
        };
        return count instanceof Number number && number.longValue() >= 0 ? number.longValue() : null;
    }
}
