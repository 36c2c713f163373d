package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Framing;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client speaks, and with it the shape in which it expects to be told what went wrong. */
public enum Protocol {
    /** Ollama's own: JSON documents and NDJSON. */
    NATIVE("application/json; charset=utf-8") {
        @Override
        Map<String, @Nullable Object> error(ApiError notice) {
            return fields("error", notice.message());
        }
    },
    /** That of OpenAI: JSON documents and server-sent events. */
    OPENAI("application/json") {
        @Override
        Map<String, @Nullable Object> error(ApiError notice) {
            Map<String, @Nullable Object> error = fields("message", notice.message());
            error.put("type", switch (notice.status()) {
                case 400 -> "invalid_request_error";
                case 404 -> "not_found_error";
                default -> "api_error";
            });
            error.put("param", null);
            error.put("code", null);
            return fields("error", error);
        }
    },
    /** That of Anthropic: JSON documents and server-sent events with names. */
    ANTHROPIC("application/json") {
        @Override
        Map<String, @Nullable Object> error(ApiError notice) {
            Map<String, @Nullable Object> error = fields("type", switch (notice.status()) {
                case 400, 405, 408, 414, 417, 431 -> "invalid_request_error";
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 413 -> "request_too_large";
                case 429 -> "rate_limit_error";
                case 503, 529 -> "overloaded_error";
                default -> "api_error";
            });
            error.put("message", notice.message());
            Map<String, @Nullable Object> whole = fields("type", "error");
            whole.put("error", error);
            whole.put("request_id", notice.requestId());
            return whole;
        }
    };

    private final String mediaType;

    Protocol(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Returns what a client speaks that asks for the given path; null, for a path that nobody knows, is {@link #NATIVE}. */
    public static Protocol ofPath(@Nullable String path) {
        if (path == null || !path.startsWith("/v1/")) {
            return NATIVE;
        }
        return path.equals("/v1/messages") || path.startsWith("/v1/messages/") ? ANTHROPIC : OPENAI;
    }

    /** Returns the media type of a document that tells an error. */
    String mediaType() {
        return mediaType;
    }

    /** Returns the document that tells an error. */
    byte[] document(ApiError notice) {
        return bytes(text(error(notice)));
    }

    /** Returns what tells an error in the middle of an answer, or null where nothing can: in the middle of a document. */
    byte @Nullable [] inBand(Framing framing, ApiError notice) {
        return switch (framing) {
            case LINES -> bytes(text(NATIVE.error(notice)) + "\n");
            case EVENTS -> bytes((this == ANTHROPIC ? "event: error\n" : "") + "data: " + text(eventData(notice)) + "\n\n");
            case DOCUMENT -> null;
        };
    }

    abstract Map<String, @Nullable Object> error(ApiError notice);

    private Map<String, @Nullable Object> eventData(ApiError notice) {
        return this == NATIVE ? OPENAI.error(notice) : error(notice); // whoever reads events expects an object
    }

    private static Map<String, @Nullable Object> fields(String name, Object value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(name, value);
        return fields;
    }

    private static String text(Map<String, @Nullable Object> fields) {
        return PlainJson.toText(fields);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
