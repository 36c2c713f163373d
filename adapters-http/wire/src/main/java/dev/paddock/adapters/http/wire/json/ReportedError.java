package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error that a server reports as a JSON object: {@code {"error":...}}, {@code {"object":"error",...}}, {@code {"detail":...}},
 * {@code {"code":...,"message":...}}, {@code {"error_msg":...}}, an error inside a choice, or a response that has failed. Immutable as
 * long as the object is not changed.
 *
 * @param object the whole JSON object
 * @param details the object that describes the error: the value of {@code error} if that is an object, else the whole one
 */
public record ReportedError(Map<String, @Nullable Object> object, Map<String, @Nullable Object> details) {

    private static final String ERROR = "error";
    private static final String FAILED = "response.failed";
    private static final Set<String> NO_ERROR = Set.of("", "null", "none", "false");
    private static final Set<String> TEXTS = Set.of(
            "message", "msg", "error_msg", "error_message", "errorMessage", "detail", "details", "errors", "title", "reason");

    /** The fields of objects that are nothing but errors. An object with any other field may be a piece of an answer. */
    private static final Set<String> FIELDS = Set.of(
            ERROR, "object", "type", "code", "status", "status_code", "statusCode", "StatusCode", "Status", "param", "data", "success",
            "result", "messages", "request_id", "requestId", "trace_id", "timestamp", "path", "instance", "error_code", "error_type",
            "signin_url");

    private static final List<String> STATUS_FIELDS =
            List.of("code", "status", "status_code", "statusCode", "StatusCode", "http_status", "error_code");

    /** Parts of codes and types, without case and separators, and the status that they mean; the first match counts. */
    private static final List<Map.Entry<String, Integer>> STATUS_OF_NAME = List.of(
            Map.entry("notfound", 404), Map.entry("notexist", 404), Map.entry("ratelimit", 429), Map.entry("quota", 429),
            Map.entry("toomanyrequests", 429), Map.entry("authentication", 401), Map.entry("unauthorized", 401),
            Map.entry("invalidapikey", 401), Map.entry("permission", 403), Map.entry("forbidden", 403), Map.entry("toolarge", 413),
            Map.entry("overloaded", 503), Map.entry("unavailable", 503), Map.entry("timeout", 504), Map.entry("contextlength", 400),
            Map.entry("contextsize", 400), Map.entry("invalidrequest", 400), Map.entry("badrequest", 400), Map.entry("validation", 400),
            Map.entry("internal", 500), Map.entry("servererror", 500), Map.entry("apierror", 500));

    /**
     * Returns the error in a JSON object, or in an array of that object, as some servers send it; null when the bytes are no such JSON or
     * no error. Never throws.
     */
    public static @Nullable ReportedError find(byte[] json) {
        try (JsonParser parser = JsonStreams.parser(json)) {
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            if ((isArray ? parser.nextToken() : parser.currentToken()) != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, @Nullable Object> object = JsonExcerpt.readObject(parser);
            boolean hasEnd = !isArray || parser.nextToken() == JsonToken.END_ARRAY;
            return hasEnd && parser.nextToken() == null && isError(object) ? of(object) : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    /** Returns the error that an object is, whatever its fields are. */
    public static ReportedError of(Map<String, @Nullable Object> object) {
        return new ReportedError(object, details(object));
    }

    /**
     * Returns whether an object reports an error. Its {@code error} counts unless it {@linkplain #isNone says nothing} next to an answer;
     * without one, an object counts that has a text and no field of an answer.
     */
    public static boolean isError(Map<String, ?> object) {
        if (!isNone(object.get(ERROR)) || ERROR.equals(object.get("object")) || ERROR.equals(object.get("type"))) {
            return true;
        }
        if (failedChoice(object) != null || isErrorReason(object.get("done_reason")) || FAILED.equals(object.get("type"))) {
            return true;
        }
        boolean onlyError = object.keySet().stream().allMatch(name -> FIELDS.contains(name) || TEXTS.contains(name))
                && !isListOfObjects(object.get("data"));
        boolean hasReason = hasText(object) && !isProgress(object.get("status"));
        return onlyError && (object.get(ERROR) != null || hasReason);
    }

    /** Returns whether the object has a text as errors have it. */
    public static boolean hasText(Map<String, ?> object) {
        return (object.get("message") instanceof String message && !message.isBlank())
                || (object.get("msg") instanceof String text && !text.isBlank())
                || !isNone(object.get("error_msg"))
                || !isNone(object.get("error_message"))
                || !isNone(object.get("errorMessage"))
                || !isNone(object.get("detail"))
                || !isNone(object.get("errors"));
    }

    /** Returns whether an {@code error} is none: null, false, 0, an empty text, and an object or an array of nothing else. */
    public static boolean isNone(@Nullable Object error) {
        return switch (error) {
            case null -> true;
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            case String text -> NO_ERROR.contains(text.strip().toLowerCase(Locale.ROOT));
            case Map<?, ?> map -> map.values().stream().allMatch(ReportedError::isNone);
            case Collection<?> list -> list.stream().allMatch(ReportedError::isNone);
            default -> false;
        };
    }

    /** Returns the error text in one line of at most 500 characters, or the fallback when there is none. */
    public String message(String fallback) {
        return ErrorBodyParser.text(object.containsKey(ERROR) && !isNone(object.get(ERROR)) ? object : details, fallback);
    }

    /** Returns the HTTP status from 400 to 599 that the error states or whose meaning its code or its type has, or null. */
    public @Nullable Integer status() {
        for (Map<String, @Nullable Object> fields : List.of(details, object)) {
            for (String name : STATUS_FIELDS) {
                Integer status = asStatus(fields.get(name));
                if (status != null) {
                    return status;
                }
            }
        }
        Integer ofCode = statusOfName(code());
        return ofCode == null ? statusOfName(type()) : ofCode;
    }

    /** Returns the code of the error as a text, empty when it has none. */
    public String code() {
        return text("code");
    }

    /** Returns the type of the error, empty when it has none. */
    public String type() {
        return text("type");
    }

    /** Returns the name of the parameter that the error is about, empty when it has none. */
    public String param() {
        return text("param");
    }

    private String text(String name) {
        Object value = details.get(name) == null ? object.get(name) : details.get(name);
        return value instanceof String || value instanceof Number ? value.toString() : "";
    }

    /** An error may be an object in a text: Ollama passes on the errors of its runner so. */
    @SuppressWarnings("unchecked") // JSON objects have names as keys
    private static Map<String, @Nullable Object> details(Map<String, @Nullable Object> object) {
        Object error = FAILED.equals(object.get("type")) && object.get("response") instanceof Map<?, ?> response
                ? response.get(ERROR)
                : object.get(ERROR);
        if (error instanceof String text && text.stripLeading().startsWith("{")) {
            error = JsonExcerpt.ofObject(text);
            if (error instanceof Map<?, ?> inner && inner.get(ERROR) instanceof Map<?, ?>) {
                error = inner.get(ERROR);
            }
        }
        if (error instanceof Map<?, ?> map && !map.isEmpty()) {
            return (Map<String, @Nullable Object>) map;
        }
        Map<?, ?> choice = failedChoice(object);
        if (choice != null && choice.get(ERROR) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        return choice == null ? object : (Map<String, @Nullable Object>) choice;
    }

    private static @Nullable Map<?, ?> failedChoice(Map<String, ?> object) {
        if (object.get("choices") instanceof List<?> choices) {
            for (Object choice : choices) {
                if (choice instanceof Map<?, ?> map && (!isNone(map.get(ERROR)) || isErrorReason(map.get("finish_reason")))) {
                    return map;
                }
            }
        }
        return null;
    }

    /** A list of models has no other fields than an error may have. */
    private static boolean isListOfObjects(@Nullable Object data) {
        return data instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Map;
    }

    private static boolean isErrorReason(@Nullable Object reason) {
        return reason instanceof String text && text.equalsIgnoreCase(ERROR);
    }

    /** Servers report their progress, too, with a text and a status in words. */
    private static boolean isProgress(@Nullable Object status) {
        return status instanceof String text && !text.toLowerCase(Locale.ROOT).matches("(?s).*(error|fail|[45][0-9][0-9]).*");
    }

    private static @Nullable Integer asStatus(@Nullable Object value) {
        String text = value instanceof Number || value instanceof String ? value.toString() : "";
        return text.matches("[45][0-9]{2}") ? Integer.valueOf(text) : null;
    }

    private static @Nullable Integer statusOfName(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        for (Map.Entry<String, Integer> known : STATUS_OF_NAME) {
            if (plain.contains(known.getKey())) {
                return known.getValue();
            }
        }
        return null;
    }
}
