package dev.paddock.domain.metrics;

/** What is measured of the admission queue. Names of models come from callers and are no labels. */
public final class AdmissionMetrics {

    /** Calls that wait for admission, by priority. */
    public static final Metric WAITING =
            Metric.of("paddock.admission.waiting", "calls", "Calls that wait for admission.", "priority");

    /** Bytes of the bodies of the calls that wait. */
    public static final Metric BYTES =
            Metric.of("paddock.admission.bytes", "bytes", "Bytes of the bodies of the calls that wait for admission.");

    /** Calls that were admitted and have not ended. */
    public static final Metric IN_PROGRESS =
            Metric.of("paddock.admission.in.progress", "calls", "Calls that were admitted and have not ended.");

    /** How many calls may be in progress: the sum of the present limits of the models that have calls. */
    public static final Metric LIMIT =
            Metric.of("paddock.admission.limit", "calls", "Calls that may be in progress, of all models that have calls.");

    /** How long admitted calls waited, by priority. */
    public static final Metric WAIT =
            Metric.of("paddock.admission.wait", "seconds", "Time that admitted calls waited.", "priority");

    /**
     * Calls that were not admitted, by priority and reason: {@code cancelled}, {@code deadline_passed}, or one of
     * {@link dev.paddock.domain.error.OverloadedException.Reason}.
     */
    public static final Metric REFUSED =
            Metric.of("paddock.admission.refused", "calls", "Calls that were not admitted, by reason.", "priority", "reason");

    /** Signs that a server has too much to do, for which a limit was lowered. */
    public static final Metric OVERLOADS =
            Metric.of("paddock.admission.overloads", "answers", "Answers that show that the server has too much to do.");

    private AdmissionMetrics() {}
}
