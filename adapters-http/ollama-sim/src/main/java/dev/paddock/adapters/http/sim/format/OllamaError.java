package dev.paddock.adapters.http.sim.format;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ollama's errors, letter by letter: status and message, with {@code %s} for a value and {@code %q} for a quoted one. */
public enum OllamaError {
    MISSING_BODY(400, "missing request body"),
    EMPTY_BODY(400, "EOF"),
    UNEXPECTED_END(400, "unexpected EOF"),
    INVALID_CHARACTER(400, "invalid character '%s' looking for beginning of value"),
    WRONG_VALUE(400, "json: cannot unmarshal %s into Go value of type api.%s"),
    WRONG_FIELD(400, "json: cannot unmarshal %s into Go struct field %s.%s of type %s"),
    INVALID_DURATION(400, "time: invalid duration %q"),
    MISSING_UNIT(400, "time: missing unit in duration %q"),
    UNKNOWN_UNIT(400, "time: unknown unit %q in duration %q"),
    WRONG_KEEP_ALIVE(400, "Unsupported type: '%s'"),
    WRONG_TOP_LOGPROBS(400, "top_logprobs must be between 0 and 20"),
    WRONG_THINK_TYPE(400, "think must be a boolean or string (\"high\", \"medium\", \"low\", \"max\", true, or false)"),
    WRONG_THINK(400, "invalid think value: %q (must be \"high\", \"medium\", \"low\", \"max\", true, or false)"),
    WRONG_FORMAT(500, "invalid format: %s; expected \"json\" or a valid JSON Schema object"),
    WRONG_OPTION(500, "option %q must be of type %s"),
    WRONG_OPTION_ELEMENT(500, "option %q must be of an array of strings"),
    WRONG_BASE64(400, "illegal base64 data at input byte %s"),
    WRONG_RAW(400, "raw mode does not support template, system, or context"),
    WRONG_INPUT(400, "invalid input type"),
    TOO_LONG(400, "the input length exceeds the context length"),
    MODEL_REQUIRED(400, "model is required"),
    INVALID_MODEL_NAME(400, "invalid model name"),
    INVALID_NAME(400, "%s %q is invalid"),
    MODEL_NOT_FOUND(404, "model '%s' not found"),
    COPY_NOT_FOUND(404, "model %q not found"),
    TRY_PULLING(404, "model %q not found, try pulling it first"),
    DOES_NOT_SUPPORT(400, "%q does not support %s"),
    FULL_NAME_DOES_NOT_SUPPORT(400, "%s does not support %s"),
    NO_SOURCE(400, "neither 'from' or 'files' was specified"),
    INVALID_DIGEST(400, "invalid digest format"),
    DIGEST_MISMATCH(400, "digest mismatch, expected %q, got %q"),
    BLOB_NOT_FOUND(404, "blob %q not found"),
    QUEUE_FULL(503, "server busy, please try again.  maximum pending requests exceeded"),
    RUNNER_STOPPED(500, "model runner has unexpectedly stopped, this may be due to resource limitations or an internal"
        + " error, check ollama server logs for details"),
    RUNNER_LOST(500, "an error was encountered while running the model: unexpected EOF"),
    MESSAGES_TOO_SHORT(400, "[] is too short - 'messages'"),
    WRONG_CONTENT(400, "invalid message content type: %s"),
    WRONG_PART(400, "invalid message format"),
    WRONG_ARGUMENTS(400, "invalid tool call arguments"),
    UNREADABLE_ARGUMENTS(400, "failed to parse function call arguments: %s"),
    IMAGE_URL(400, "image URLs are not currently supported, please use base64 encoded data instead"),
    WRONG_IMAGE(400, "invalid image input"),
    WRONG_EFFORT(400, "invalid reasoning value: '%s' (must be \"high\", \"medium\", \"low\", \"max\", or \"none\")"),
    WRONG_ENCODING(400, "invalid value for 'encoding_format': %s (must be \"float\" or \"base64\")"),
    NO_INPUT(400, "invalid input"),
    MAX_TOKENS_REQUIRED(400, "max_tokens is required and must be positive"),
    MESSAGES_REQUIRED(400, "messages is required");

    private static final Pattern PLACE = Pattern.compile("%[sq]");

    private final int status;
    private final String message;

    OllamaError(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** The message as it stands in the catalogue. */
    public String message() {
        return message;
    }

    /** The error with its places filled in order. */
    public ApiException with(String... values) {
        Iterator<String> next = List.of(values).iterator();
        return new ApiException(status, PLACE.matcher(message).replaceAll(place ->
            Matcher.quoteReplacement("%q".equals(place.group()) ? quoted(next.next()) : next.next())));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
