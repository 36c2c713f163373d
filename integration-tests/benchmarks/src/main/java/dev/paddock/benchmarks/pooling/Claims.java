package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.benchmarks.pooling.PoolingComparison.PoolingResult;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The claims for connection pooling, compared with the measurements and explained. */
final class Claims {

    private static final Predicate<PoolingResult> NETWORK = finding -> finding.setting().link().oneWay().isPositive();
    private static final Predicate<PoolingResult> NO_DELAY =
            finding -> finding.setting().link().opening().isZero();
    private static final Predicate<PoolingResult> COSTLY_OPENING = NETWORK.or(NO_DELAY).negate();
    private static final Predicate<PoolingResult> TLS = finding -> finding.setting().secure();
    private static final Predicate<PoolingResult> THINKS =
            finding -> finding.setting().modelLatency().isPositive();
    private static final double LONG_CALL_MILLIS = 2000;

    private final List<PoolingResult> findings;

    Claims(List<PoolingResult> findings) {
        this.findings = List.copyOf(findings);
    }

    List<String> table() {
        return List.of(
                "| claim | measured | why |",
                "|---|---|---|",
                row(
                        "20-50 ms saved per call",
                        saved(),
                        "A new connection costs one round trip for TCP and one more for TLS 1.3. The claim holds for "
                                + "a round trip of 20-50 ms without TLS, or of half of that with TLS. On the same "
                                + "machine only the processor time of opening is saved."),
                row(
                        "10-30 % more throughput",
                        gained(),
                        "The saved time does not depend on the duration of the call, so longer calls gain a smaller share. "
                                + shares()),
                row(
                        "up to 10 x for sequential calls",
                        fastest(),
                        "A pooled call needs a round trip, too. On a network, with a model without latency, the factor is "
                                + "therefore 2, and 3 with TLS 1.3. It is larger only if opening is slow and the link is "
                                + "fast, or if the processor time of opening dominates."));
    }

    private String saved() {
        return "network: plain " + millis(NETWORK.and(TLS.negate())) + ", TLS " + millis(NETWORK.and(TLS))
                + "; no delay: plain " + millis(NO_DELAY.and(TLS.negate())) + ", TLS " + millis(NO_DELAY.and(TLS));
    }

    private String millis(Predicate<PoolingResult> which) {
        return range(which, finding -> finding.sequential().savedMillis(), "%.1f") + " ms";
    }

    private String gained() {
        return "network, " + PoolingMeasurer.CONCURRENT_CALLERS + " callers: " + percent(NETWORK.and(THINKS.negate()))
                + " without model latency, " + percent(NETWORK.and(THINKS))
                + " with 50 ms of it; no delay, 50 ms: " + percent(NO_DELAY.and(THINKS));
    }

    private String percent(Predicate<PoolingResult> which) {
        return range(which, finding -> finding.concurrent().gain() * 100, "%+.0f") + " %";
    }

    /** Returns the durations of calls for which the smallest saving on a network is the claimed share. */
    private String shares() {
        PoolingResult least = findings.stream()
                .filter(NETWORK.and(THINKS))
                .min(Comparator.comparingDouble(finding -> finding.sequential().savedMillis()))
                .orElseThrow();
        double saved = least.sequential().savedMillis();
        return String.format(
                Locale.ROOT,
                "For example, %.0f ms (%s) are 30 %% of a call of %.0f ms, 10 %% of one of %.0f ms and %.1f %% of one of 2 s.",
                saved, least.setting().describe(), saved / 0.3, saved / 0.1, saved / LONG_CALL_MILLIS * 100);
    }

    private String fastest() {
        return "network: " + fastest(NETWORK) + "; no delay: " + fastest(NO_DELAY) + "; costly opening only: "
                + fastest(COSTLY_OPENING);
    }

    private String fastest(Predicate<PoolingResult> which) {
        PoolingResult fastest = findings.stream()
                .filter(which)
                .max(Comparator.comparingDouble(finding -> finding.sequential().ratio()))
                .orElseThrow();
        return String.format(
                Locale.ROOT, "%.1f x (%s)", fastest.sequential().ratio(), fastest.setting().describe());
    }

    private String range(Predicate<PoolingResult> which, ToDoubleFunction<PoolingResult> figure, String format) {
        DoubleSummaryStatistics all =
                findings.stream().filter(which).mapToDouble(figure).summaryStatistics();
        return String.format(Locale.ROOT, format + " to " + format, all.getMin(), all.getMax());
    }

    private static String row(String claim, String measured, String why) {
        return "| " + requireNonNull(claim, "claim") + " | " + measured + " | " + why + " |";
    }
}
