package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.error.OverloadedException.Reason;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.metrics.AdmissionMetrics;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.ToIntFunction;

/** Measures the admission queue. Thread-safe. */
final class AdmissionMeasurements {

    static final String CANCELLED = "cancelled";
    static final String DEADLINE_PASSED = "deadline_passed";

    private static final Metric.Series INTERACTIVE_WAIT = AdmissionMetrics.WAIT.with(label(Priority.INTERACTIVE));
    private static final Metric.Series BATCH_WAIT = AdmissionMetrics.WAIT.with(label(Priority.BATCH));

    private final MetricsPort metrics;

    AdmissionMeasurements(MetricsPort metrics) {
        this.metrics = metrics;
        List<String> reasons = new ArrayList<>(List.of(CANCELLED, DEADLINE_PASSED));
        for (Reason reason : Reason.values()) {
            reasons.add(reason.label());
        }
        for (Priority priority : Priority.values()) {
            reasons.forEach(reason -> metrics.count(AdmissionMetrics.REFUSED.with(label(priority), reason), 0));
        }
        metrics.count(AdmissionMetrics.OVERLOADS.with(), 0);
    }

    void observe(ToIntFunction<Priority> waiting, DoubleSupplier bytes, DoubleSupplier inProgress, DoubleSupplier limit) {
        for (Priority priority : Priority.values()) {
            metrics.gauge(AdmissionMetrics.WAITING.with(label(priority)), () -> waiting.applyAsInt(priority));
        }
        metrics.gauge(AdmissionMetrics.BYTES.with(), bytes);
        metrics.gauge(AdmissionMetrics.IN_PROGRESS.with(), inProgress);
        metrics.gauge(AdmissionMetrics.LIMIT.with(), limit);
    }

    void admitted(Priority priority, Duration waited) {
        metrics.duration(priority == Priority.BATCH ? BATCH_WAIT : INTERACTIVE_WAIT, waited);
    }

    void refused(Priority priority, String reason) {
        metrics.count(AdmissionMetrics.REFUSED.with(label(priority), reason), 1);
    }

    void overloaded() {
        metrics.count(AdmissionMetrics.OVERLOADS.with(), 1);
    }

    private static String label(Priority priority) {
        return priority.name().toLowerCase(Locale.ROOT);
    }
}
