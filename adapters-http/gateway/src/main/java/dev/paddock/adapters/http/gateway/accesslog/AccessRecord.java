package dev.paddock.adapters.http.gateway.accesslog;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Provenance;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is taken down of a request: nothing of its body, its head or its query but the name of the model.
 *
 * @param request what was asked, and by whom
 * @param answer what was answered
 * @param timing how long it took
 * @param origin where the answer came from
 */
public record AccessRecord(Request request, Answer answer, Timing timing, Origin origin) {

    private static final String UNKNOWN = "-";

    public AccessRecord {
        requireNonNull(request, "request");
        requireNonNull(answer, "answer");
        requireNonNull(timing, "timing");
        requireNonNull(origin, "origin");
    }

    /**
     * Returns this record in one line: {@code name=value} pairs in a fixed order, separated by spaces. Times are in milliseconds; a
     * value that is not known is {@code -}; a value with anything but letters, digits and a few marks is quoted and escaped.
     */
    public String line() {
        StringBuilder line = new StringBuilder(256);
        add(line, "id", request.id());
        add(line, "client", request.client());
        add(line, "operation", request.operation());
        add(line, "model", request.model());
        add(line, "status", answer.status() == 0 ? null : Integer.toString(answer.status()));
        add(line, "outcome", answer.outcome());
        add(line, "bytes", Long.toString(answer.bytes()));
        add(line, "queue", milliseconds(timing.queue()));
        add(line, "first_frame", milliseconds(timing.firstFrame()));
        add(line, "total", milliseconds(timing.total()));
        add(line, "backend", origin.backend());
        add(line, "attempts", Integer.toString(origin.attempts()));
        add(line, "reused", origin.connectionReused() == null ? null : origin.connectionReused().toString());
        return line.toString();
    }

    private static void add(StringBuilder line, String name, @Nullable String value) {
        if (!line.isEmpty()) {
            line.append(' ');
        }
        line.append(name).append('=').append(value == null || value.isEmpty() ? UNKNOWN : LogValue.of(value));
    }

    private static @Nullable String milliseconds(@Nullable Duration time) {
        return time == null ? null : BigDecimal.valueOf(Math.round(time.toNanos() / 1e3), 3).toPlainString();
    }

    /**
     * What was asked, and by whom.
     *
     * @param id the id of the request
     * @param client the address of the client
     * @param operation what was asked, a bounded label
     * @param model the model, or null when the request named none
     */
    public record Request(String id, String client, String operation, @Nullable String model) {}

    /**
     * What was answered.
     *
     * @param status the status, or 0 when nothing was answered
     * @param outcome how it ended, a bounded label
     * @param bytes how many bytes the body had as far as it was sent
     */
    public record Answer(int status, String outcome, long bytes) {}

    /**
     * How long a request took from its being whole.
     *
     * @param queue how long the attempt that was answered waited for a connection of the pool, or null when none was answered
     * @param firstFrame until the first byte of the answer was sent, or null when none was
     * @param total until its end
     */
    public record Timing(@Nullable Duration queue, @Nullable Duration firstFrame, Duration total) {

        /** Nothing took any time worth mentioning. */
        public static final Timing NONE = new Timing(null, null, Duration.ZERO);
    }

    /**
     * Where an answer came from.
     *
     * @param backend the base URL of the model server, or null when it did not answer
     * @param attempts how many attempts were made
     * @param connectionReused whether the connection had served before, or null when there was none
     */
    public record Origin(@Nullable String backend, int attempts, @Nullable Boolean connectionReused) {

        /** The answer came from the gateway itself. */
        public static final Origin GATEWAY = new Origin(null, 0, null);

        /** Returns the origin of an answer that came in this way; null when there was none. */
        public static Origin of(@Nullable Provenance route, int attempts) {
            return route == null
                    ? new Origin(null, attempts, null)
                    : new Origin(route.backend().value(), route.attempts(), route.connectionReused());
        }
    }
}
