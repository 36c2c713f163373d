package dev.paddock.adapters.http.gateway.accesslog;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Provenance;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a request in the access log. It contains nothing of body, headers and query except the name of the model.
 *
 * @param time when the response ended
 * @param request the request
 * @param answer the response
 * @param timing the duration
 * @param attempts how many attempts the gateway made at a model server; 0 for a response of its own
 * @param provenance the origin of the response, or null when no model server has responded
 */
public record AccessRecord(
        Instant time, Request request, Answer answer, Timing timing, int attempts, @Nullable Provenance provenance) {

    private static final String UNKNOWN = "-";
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final int MAX_LENGTH = 256;
    private static final int LINE_CAPACITY = 512; // of most lines
    private static final boolean[] PLAIN = new boolean[128]; // by character

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/@+%[]-".chars().forEach(plain -> PLAIN[plain] = true);
    }

    /**
     * The request.
     *
     * @param id its id
     * @param client the address of the client
     * @param method the method, or null when the head could not be read
     * @param path the path as received, without the query, or null when the head could not be read
     * @param operation the operation, a bounded label
     * @param model the model, or null when the request names none
     * @param key the name or index of its API key, or null when it has none that is known
     */
    public record Request(
            String id,
            String client,
            @Nullable String method,
            @Nullable String path,
            String operation,
            @Nullable String model,
            @Nullable String key) {

        /** Creates a request without a known API key. */
        public Request(
                String id, String client, @Nullable String method, @Nullable String path, String operation, @Nullable String model) {
            this(id, client, method, path, operation, model, null);
        }
    }

    /**
     * The response.
     *
     * @param status the status, or 0 when there was no response
     * @param outcome how it ended, a bounded label
     * @param bytes the length of the body as far as it was sent
     */
    public record Answer(int status, String outcome, long bytes) {}

    /**
     * The time since the last byte of the request was received.
     *
     * @param firstFrame until the first byte of the response was sent, or null when none was
     * @param total until its end
     */
    public record Timing(@Nullable Duration firstFrame, Duration total) {

        /** The timing of a refusal. */
        public static final Timing NONE = new Timing(null, Duration.ZERO);
    }

    /**
     * Returns this entry as one line: {@code name=value} pairs in a fixed order, separated by spaces. The time is that of UTC (ISO 8601),
     * durations are in milliseconds. An unknown value is {@code -}. A value with anything but letters, digits and a few marks is quoted
     * and escaped.
     */
    public String line() {
        return line(this::forEachField);
    }

    static String line(Map<String, @Nullable Object> fields) {
        return line(fields::forEach);
    }

    private static String line(Consumer<BiConsumer<String, @Nullable Object>> fields) {
        StringBuilder line = new StringBuilder(LINE_CAPACITY);
        fields.accept((name, value) -> {
            String text = value == null ? "" : value.toString();
            line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(text.isEmpty() ? UNKNOWN : quoted(text));
        });
        return line.toString();
    }

    /** Returns this entry as one line with a JSON object: the fields of {@link #line()}, null where they are unknown. */
    public String json() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        forEachField(fields::put);
        return PlainJson.toText(fields);
    }

    /** Passes each field on in order: no map is made for a line of each request. */
    private void forEachField(BiConsumer<String, @Nullable Object> action) {
        action.accept("time", TIME.format(time));
        action.accept("id", bounded(request.id()));
        action.accept("client", bounded(request.client()));
        action.accept("method", bounded(request.method()));
        action.accept("path", bounded(request.path()));
        action.accept("operation", request.operation());
        action.accept("model", bounded(request.model()));
        action.accept("status", answer.status() == 0 ? null : answer.status());
        action.accept("outcome", answer.outcome());
        action.accept("bytes", answer.bytes());
        Duration admission = provenance == null ? null : provenance.queuedForAdmission();
        action.accept("admission", admission == null ? null : milliseconds(admission));
        action.accept("queue", provenance == null ? null : milliseconds(provenance.queuedForConnection()));
        action.accept("first_frame", timing.firstFrame() == null ? null : milliseconds(timing.firstFrame()));
        action.accept("total", milliseconds(timing.total()));
        action.accept("backend", provenance == null ? null : bounded(provenance.backend().value()));
        action.accept("attempts", attempts);
        action.accept("reused", provenance == null ? null : provenance.connectionReused());
        action.accept("key", request.key());
    }

    private static @Nullable String bounded(@Nullable String value) {
        if (value == null || value.length() <= MAX_LENGTH) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH; // never half a pair
        return value.substring(0, end);
    }

    /** Escapes a value so that it cannot end its line, begin another field, or control a terminal. */
    static String quoted(String value) {
        if (isPlain(value)) {
            return value;
        }
        StringBuilder quoted = new StringBuilder(value.length() + 16).append('"');
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character >= ' ' && character <= '~') {
                quoted.append(character);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            }
        }
        return quoted.append('"').toString();
    }

    /** Every value of every request passes here, so there is no matcher of a pattern for each. */
    private static boolean isPlain(String value) {
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character >= PLAIN.length || !PLAIN[character]) {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal milliseconds(Duration time) {
        return BigDecimal.valueOf(Math.round(time.toNanos() / 1e3), 3);
    }
}
