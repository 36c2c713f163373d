package dev.paddock.adapters.http.gateway.accesslog;

import dev.paddock.domain.exchange.Provenance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entry of a request in the access log. It contains nothing of body, headers and query except the name of the model.
 *
 * @param request the request
 * @param answer the response
 * @param timing the duration
 * @param attempts how many attempts the gateway made at a model server; 0 for a response of its own
 * @param provenance the origin of the response, or null when no model server has responded
 */
public record AccessRecord(
        Request request, Answer answer, Timing timing, int attempts, @Nullable Provenance provenance) {

    private static final String UNKNOWN = "-";
    private static final int MAX_LENGTH = 256;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/@+%\\[\\]-]*");

    /**
     * The request.
     *
     * @param id its id
     * @param client the address of the client
     * @param operation the operation, a bounded label
     * @param model the model, or null when the request names none
     */
    public record Request(String id, String client, String operation, @Nullable String model) {}

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
     * Returns this entry as one line: {@code name=value} pairs in a fixed order, separated by spaces. Times are in milliseconds. An
     * unknown value is {@code -}. A value with anything but letters, digits and a few marks is quoted and escaped.
     */
    public String line() {
        StringBuilder line = new StringBuilder(256);
        add(line, "id", request.id());
        add(line, "client", request.client());
        add(line, "operation", request.operation());
        add(line, "model", request.model());
        add(line, "status", answer.status() == 0 ? null : answer.status());
        add(line, "outcome", answer.outcome());
        add(line, "bytes", answer.bytes());
        add(line, "queue", provenance == null ? null : milliseconds(provenance.queuedForConnection()));
        add(line, "first_frame", timing.firstFrame() == null ? null : milliseconds(timing.firstFrame()));
        add(line, "total", milliseconds(timing.total()));
        add(line, "backend", provenance == null ? null : provenance.backend().value());
        add(line, "attempts", attempts);
        add(line, "reused", provenance == null ? null : provenance.connectionReused());
        return line.toString();
    }

    private static void add(StringBuilder line, String name, @Nullable Object value) {
        String text = value == null ? "" : value.toString();
        line.append(line.isEmpty() ? "" : " ").append(name).append('=');
        line.append(text.isEmpty() ? UNKNOWN : quoted(text));
    }

    /** Escapes a value so that it cannot end its line, begin another field, or control a terminal. */
    static String quoted(String value) {
        String bounded = value.substring(0, Math.min(value.length(), MAX_LENGTH));
        if (PLAIN.matcher(bounded).matches()) {
            return bounded;
        }
        StringBuilder quoted = new StringBuilder(bounded.length() + 16).append('"');
        for (int at = 0; at < bounded.length(); at++) {
            char character = bounded.charAt(at);
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

    private static BigDecimal milliseconds(Duration time) {
        return BigDecimal.valueOf(Math.round(time.toNanos() / 1e3), 3);
    }
}
