package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was measured of some requests.
 *
 * @param successes how many got a complete answer
 * @param errors how many failed, by kind; a kind that did not occur is absent
 * @param elapsed how long all of them took together
 * @param values the figures; one that is not known, or not of this workload, is absent
 */
public record Figures(long successes, Map<ErrorKind, Long> errors, Duration elapsed, Map<Measure, Double> values) {

    public Figures {
        requireNonNull(elapsed, "elapsed");
        errors = Map.copyOf(errors);
        Map<Measure, Double> ordered = new EnumMap<>(Measure.class);
        ordered.putAll(values);
        values = Collections.unmodifiableMap(ordered);
    }

    /** Returns how many requests failed. */
    public long failures() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many requests had an outcome. */
    public long requests() {
        return successes + failures();
    }
}
