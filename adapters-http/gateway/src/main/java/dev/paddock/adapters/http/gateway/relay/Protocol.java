package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.document.DocumentForm;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.json.ReportedError;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API that a client uses, which determines the format of errors. */
public enum Protocol {
    /** Ollama's own API: JSON documents and NDJSON. */
    NATIVE("application/json; charset=utf-8") {
        @Override
        Map<String, @Nullable Object> error(ApiError notice) {
            Map<String, @Nullable Object> fields = PlainJson.object("error", notice.message());
            ReportedError reported = notice.reported();
            if (reported != null) {
                if (reported.object().get("error") instanceof String text && !text.isBlank()) {
                    return reported.object();
                }
                reported.object().forEach(fields::putIfAbsent);
                reported.details().forEach(fields::putIfAbsent);
                fields.remove("message", notice.message());
            }
            return fields;
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
            String code = notice.status() == 401 && notice.reported() == null ? "invalid_api_key" : null;
            Map<String, @Nullable Object> fields =
                    PlainJson.object("message", notice.message(), "type", type, "param", null, "code", code);
            addReported(notice, fields);
            Map<String, @Nullable Object> document = PlainJson.object("error", fields);
            if (notice.reported() != null && notice.reported().object().get("error") instanceof Map) {
                notice.reported().object().forEach(document::putIfAbsent);
            }
            return document;
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
            Map<String, @Nullable Object> fields = PlainJson.object("type", type, "message", notice.message());
            addReported(notice, fields);
            return PlainJson.object("type", "error", "error", fields, "request_id", notice.requestId());
        }
    };

    private static final Set<String> RESPONSES_FAILURES = Set.of("error", "response.failed");

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

    /**
     * Returns the form of a whole answer in this API.
     *
     * @param path the path of a request that generates
     */
    DocumentForm documentForm(String path) {
        return switch (this) {
            case NATIVE -> DocumentForm.OLLAMA;
            case ANTHROPIC -> DocumentForm.MESSAGE;
            case OPENAI -> switch (path) {
                case "/v1/responses" -> DocumentForm.RESPONSE;
                case "/v1/completions" -> DocumentForm.COMPLETION;
                default -> DocumentForm.CHAT_COMPLETION;
            };
        };
    }

    /** Returns the media type of documents, also of those with an error. */
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

    /**
     * Returns whether the clients of this API recognise the frame of a stream as its failure, so that the stream may end with it.
     *
     * @param path the path of the request
     */
    boolean isFailure(Framing framing, Frame frame, String path) {
        SseEvent event = SseEvent.parse(frame);
        boolean isObject = FrameReader.startsObject(event.bytes(), event.dataOffset(), event.dataLength());
        ReportedError error = isObject ? ReportedError.find(event.data()) : null;
        boolean hasError = error != null && !ReportedError.isNone(error.object().get("error"));
        if (framing == Framing.LINES) {
            return hasError;
        }
        boolean isKnown = this == ANTHROPIC
                ? event.name().equals("error")
                : hasError || (error != null && path.startsWith("/v1/responses") && RESPONSES_FAILURES.contains(error.type()));
        return event.isStandard() && event.hasData() && isKnown;
    }

    /** Adds the fields of the server's error object, which replace the gateway's own unless they are null. */
    private static void addReported(ApiError notice, Map<String, @Nullable Object> fields) {
        if (notice.reported() == null) {
            return;
        }
        notice.reported().details().forEach((name, value) -> {
            boolean isMessage = name.equals("message") && !(value instanceof String text && !text.isBlank());
            boolean isMarker = name.equals("error") || (name.equals("object") && "error".equals(value));
            if (value != null && !isMessage && !isMarker) {
                fields.put(name, value);
            }
        });
    }

    private String eventName() {
        return this == ANTHROPIC ? "event: error\n" : "";
    }

    private Map<String, @Nullable Object> eventData(ApiError notice) {
        return this == NATIVE ? OPENAI.error(notice) : error(notice); // clients that read events expect an object
    }
}
