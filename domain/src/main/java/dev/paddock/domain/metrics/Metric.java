package dev.paddock.domain.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is measured. Instances are constants.
 *
 * @param name dotted lower-case name, for example {@code paddock.requests}
 * @param unit what one of it is: {@code requests}, {@code seconds}, {@code connections}
 * @param description one sentence for the reader of the metric
 * @param labels the names of its labels in order; each has a bounded set of values
 */
public record Metric(String name, String unit, String description, List<String> labels) {

    public Metric {
        labels = List.copyOf(labels);
    }

    static Metric of(String name, String unit, String description, String... labels) {
        return new Metric(name, unit, description, List.of(labels));
    }

    /** Returns the hash of the name, which tells metrics apart: series are looked up in every call. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /**
     * Returns this metric with values for its labels.
     *
     * @throws IllegalArgumentException if the number of values is not the number of labels
     */
    public Series with(String... values) {
        return new Series(this, List.of(values));
    }

    /**
     * A metric with one value for each of its labels: what is actually counted.
     *
     * @param metric the metric
     * @param values the label values, in the order of the metric's labels
     */
    public record Series(Metric metric, List<String> values) {

        public Series {
            values = List.copyOf(values);
            if (values.size() != metric.labels().size()) {
                throw new IllegalArgumentException(
                        metric.name() + " has " + metric.labels().size() + " labels, not " + values.size());
            }
        }

        /** Compares as every record does, but without its indirections: each call looks up several series. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Series series && metric.equals(series.metric) && values.equals(series.values);
        }

        @Override
        public int hashCode() {
            return 31 * metric.hashCode() + values.hashCode();
        }
    }
}
