package dev.paddock.adapters.http.sim.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ollama's errors, letter by letter. Their status and message are in {@code errors.json}, with {@code %s} for a value
 * and {@code %q} for a quoted one.
 */
public enum OllamaError {
    MISSING_BODY, EMPTY_BODY, UNEXPECTED_END, INVALID_CHARACTER, WRONG_VALUE, WRONG_FIELD, INVALID_DURATION,
    MISSING_UNIT, UNKNOWN_UNIT, WRONG_KEEP_ALIVE, WRONG_TOP_LOGPROBS, WRONG_THINK_TYPE, WRONG_THINK, WRONG_FORMAT,
    WRONG_OPTION, WRONG_OPTION_ELEMENT, WRONG_BASE64, WRONG_RAW, WRONG_INPUT, TOO_LONG, MODEL_REQUIRED,
    INVALID_MODEL_NAME, INVALID_NAME, MODEL_NOT_FOUND, COPY_NOT_FOUND, TRY_PULLING, DOES_NOT_SUPPORT,
    FULL_NAME_DOES_NOT_SUPPORT, NO_SOURCE, INVALID_DIGEST, DIGEST_MISMATCH, BLOB_NOT_FOUND, QUEUE_FULL,
    RUNNER_STOPPED, RUNNER_LOST, MESSAGES_TOO_SHORT, WRONG_CONTENT, WRONG_PART, WRONG_ARGUMENTS, UNREADABLE_ARGUMENTS,
    IMAGE_URL, WRONG_IMAGE, WRONG_EFFORT, WRONG_ENCODING, NO_INPUT, MAX_TOKENS_REQUIRED, MESSAGES_REQUIRED;

    private static final Templates CATALOGUE = new Templates(OllamaError.class, "errors.json");
    private static final Pattern PLACE = Pattern.compile("%[sq]");

    /** The message as it stands in the catalogue. */
    public String message() {
        return entry().path("message").asText();
    }

    private ObjectNode entry() {
        return CATALOGUE.fill(name(), GoJson.object());
    }

    /** The error with its places filled in order. */
    public ApiException with(String... values) {
        Iterator<String> next = List.of(values).iterator();
        return ApiException.of(entry().path("status").asInt(), PLACE.matcher(message()).replaceAll(place ->
            Matcher.quoteReplacement("%q".equals(place.group()) ? quoted(next.next()) : next.next())));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
