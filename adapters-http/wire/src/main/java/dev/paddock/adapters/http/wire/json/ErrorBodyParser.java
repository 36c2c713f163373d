package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the error text in the body of an error, for any dialect and any declared content type.
 *
 * <p>It knows Ollama's {@code {"error":"..."}}, the error objects of OpenAI and Anthropic, the {@code detail} of
 * FastAPI, an error whose text is JSON again (Ollama passes on the answers of its runner so), HTML pages and plain
 * text. Thread-safe.
 */
public final class ErrorBodyParser {

    /** The message for a server that does not state why it failed. */
    public static final String UNKNOWN = "the server reported a failure without saying why";

    private static final int LONGEST_MESSAGE = 500;
    private static final int LONGEST_BODY = 64 << 10;
    private static final int DEEPEST_NESTING = 4;
    private static final List<String> KEYS =
            List.of("error", "message", "detail", "errors", "msg", "error_msg", "error_message", "errorMessage", "response", "type",
                    "code");

    private ErrorBodyParser() {}

    /**
     * Returns the server's error text in one line of at most 500 characters, or the fallback when it has none. Never
     * throws.
     *
     * @param body the body, or what was read of it
     * @param fallback what to say when the body says nothing
     */
    public static String message(byte[] body, String fallback) {
        Object json = body.length <= LONGEST_BODY ? parse(body) : null;
        String text = json == null
                ? plainText(new String(body, 0, Math.min(body.length, LONGEST_BODY), UTF_8))
                : Objects.requireNonNullElse(message(json, 0), "");
        return orFallback(text, fallback);
    }

    /** Returns the text in a free-form value that was found in place of an error; otherwise the same. */
    static String text(@Nullable Object error, String fallback) {
        return orFallback(Objects.requireNonNullElse(message(error, 0), ""), fallback);
    }

    private static String orFallback(String text, String fallback) {
        String line = oneLine(text);
        return line.isEmpty() ? fallback : line;
    }

    private static @Nullable Object parse(byte[] body) {
        try (JsonParser parser = JsonStreams.parser(body)) {
            JsonToken first = parser.nextToken();
            boolean isKnown = first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY || first == JsonToken.VALUE_STRING;
            return isKnown ? PlainJson.read(parser) : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static @Nullable String message(@Nullable Object json, int depth) {
        if (depth > DEEPEST_NESTING) {
            return null;
        }
        return switch (json) {
            case String text -> nested(text, depth);
            case Map<?, ?> map -> ofObject(map, depth);
            case List<?> list when !list.isEmpty() -> message(list.getFirst(), depth + 1);
            case null, default -> null;
        };
    }

    private static @Nullable String ofObject(Map<?, ?> map, int depth) {
        for (String key : KEYS) {
            String found = message(map.get(key), depth + 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String nested(String text, int depth) {
        if (text.isBlank()) {
            return null;
        }
        if (!text.stripLeading().startsWith("{") || text.length() > LONGEST_BODY) {
            return text;
        }
        String inner = message(parse(text.getBytes(UTF_8)), depth + 1);
        return inner == null ? text : inner;
    }

    private static String plainText(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("<")) {
            return text;
        }
        String lower = start.toLowerCase(Locale.ROOT);
        int open = lower.indexOf("<title");
        int from = open < 0 ? -1 : lower.indexOf('>', open);
        int to = from < 0 ? -1 : lower.indexOf("</title", from);
        return to < 0 ? "" : "an HTML page with the title '" + start.substring(from + 1, to).strip() + "'";
    }

    /** Control characters would let a server write into terminals and logs. */
    private static String oneLine(String text) {
        String start = text.length() > 4 * LONGEST_MESSAGE ? text.substring(0, 4 * LONGEST_MESSAGE) : text;
        String line = start.replaceAll("[\\s\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ").strip();
        if (line.length() <= LONGEST_MESSAGE) {
            return line;
        }
        int end = LONGEST_MESSAGE - 3;
        boolean splitsPair = Character.isHighSurrogate(line.charAt(end - 1));
        return line.substring(0, splitsPair ? end - 1 : end) + "...";
    }
}
