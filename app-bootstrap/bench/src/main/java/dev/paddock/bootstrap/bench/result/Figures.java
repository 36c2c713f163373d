package dev.paddock.bootstrap.bench.result;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a number of requests.
 *
 * @param successes the number of complete answers
 * @param errors the failures by kind; a kind that did not occur is absent
 * @param elapsed the time that all requests took together
 * @param values the figures; a figure that is unknown, or not of this workload, is absent
 */
public record Figures(long successes, Map<ErrorKind, FailureSummary> errors, Duration elapsed, Map<Measure, Double> values) {

    public Figures {
        requireNonNull(elapsed, "elapsed");
        errors = Map.copyOf(errors);
        Map<Measure, Double> ordered = new EnumMap<>(Measure.class);
        ordered.putAll(values);
        values = Collections.unmodifiableMap(ordered);
    }

    /** Returns the number of failed requests. */
    public long failures() {
        return errors.values().stream().mapToLong(FailureSummary::count).sum();
    }

    /** Returns the number of requests that ended. */
    public long requests() {
        return successes + failures();
    }

    /**
     * The failures of one kind.
     *
     * @param count how many there were
     * @param message the text of the first one
     * @param address the server of the first one, or null when no server was asked
     */
    public record FailureSummary(long count, String message, @Nullable String address) {

        public FailureSummary {
            requireNonNull(message, "message");
        }

        /** Returns these failures and later ones. */
        public FailureSummary plus(FailureSummary later) {
            return new FailureSummary(count + later.count, message, address);
        }
    }
}
