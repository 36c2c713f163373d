package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Framing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API that a client uses, which determines the format of errors. */
public enum Protocol {
    /** Ollama's own API: JSON documents and NDJSON. */
    NATIVE("application/json; charset=utf-8") {
        @Override
        Map<String, @Nullable Object> error(ApiError notice) {
            return PlainJson.object("error", notice.message());
        }
    },
    /** The API of OpenAI: JSON documents and server-sent events. */
    OPENAI("application/json") {
        @Override
        Map<String, @Nullable Object> error(ApiError notice) {
            String type = switch (notice.status()) {
                case 400, 405, 408, 413, 414, 417, 431 -> "invalid_request_error";
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 429 -> "rate_limit_error";
                default -> "api_error";
            };
            String code = notice.status() == 401 ? "invalid_api_key" : null;
            return PlainJson.object(
                    "error", PlainJson.object("message", notice.message(), "type", type, "param", null, "code", code));
        }
    },
    /** The API of Anthropic: JSON documents and server-sent events with names. */
    ANTHROPIC("application/json") {
        @Override
        Map<String, @Nullable Object> error(ApiError notice) {
            String type = switch (notice.status()) {
                case 400, 405, 408, 414, 417, 431 -> "invalid_request_error";
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 404 -> "not_found_error";
                case 413 -> "request_too_large";
                case 429 -> "rate_limit_error";
                case 503, 529 -> "overloaded_error";
                default -> "api_error";
            };
            return PlainJson.object(
                    "type", "error",
                    "error", PlainJson.object("type", type, "message", notice.message()),
                    "request_id", notice.requestId());
        }
    };

    private final String mediaType;

    Protocol(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Returns the API that a path belongs to; {@link #NATIVE} for an unknown path and for null. */
    public static Protocol ofPath(@Nullable String path) {
        if (path == null || !(path.equals("/v1") || path.startsWith("/v1/"))) {
            return NATIVE;
        }
        return path.equals("/v1/messages") || path.startsWith("/v1/messages/") ? ANTHROPIC : OPENAI;
    }

    /** Returns the media type of an error document. */
    String mediaType() {
        return mediaType;
    }

    /** Returns the document of an error. */
    byte[] document(ApiError notice) {
        return PlainJson.toText(error(notice)).getBytes(UTF_8);
    }

    /** Returns the bytes that report an error inside a response, or null inside a document, where that is impossible. */
    byte @Nullable [] inBand(Framing framing, ApiError notice) {
        return switch (framing) {
            case LINES -> (PlainJson.toText(NATIVE.error(notice)) + "\n").getBytes(UTF_8);
            case EVENTS -> (eventName() + "data: " + PlainJson.toText(eventData(notice)) + "\n\n").getBytes(UTF_8);
            case DOCUMENT -> null;
        };
    }

    abstract Map<String, @Nullable Object> error(ApiError notice);

    private String eventName() {
        return this == ANTHROPIC ? "event: error\n" : "";
    }

    private Map<String, @Nullable Object> eventData(ApiError notice) {
        return this == NATIVE ? OPENAI.error(notice) : error(notice); // clients that read events expect an object
    }

}
