package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import dev.paddock.benchmarks.pooling.PoolingComparison.PoolingResult;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What is claimed for pooling, next to what was measured, and why. */
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
                        "Opening costs a round trip for TCP and one more for TLS 1.3, so the claim is "
                                + "that of a network of 20-50 ms without TLS, or of half of that with it. Nothing "
                                + "else is saved: on the same machine what remains is the work of opening."),
                row(
                        "10-30 % more throughput",
                        gained(),
                        "What is saved is the same whatever the call takes, so the share follows from how"
                                + " long the rest of it is. "
                                + shares()),
                row(
                        "up to 10 x for sequential calls",
                        fastest(),
                        "A pooled call pays a round trip too: on a network, with a model that takes no "
                                + "time, that makes 2 x, and 3 x with TLS 1.3. More takes a link on which opening "
                                + "is slow and nothing else is, or one so short that the work of opening is most of"
                                + " it."));
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
                + " when the model takes no time, " + percent(NETWORK.and(THINKS))
                + " when it takes 50 ms; no delay, 50 ms: " + percent(NO_DELAY.and(THINKS));
    }

    private String percent(Predicate<PoolingResult> which) {
        return range(which, finding -> finding.concurrent().gain() * 100, "%+.0f") + " %";
    }

    /** Tells how long calls are of which the least that was saved on a network is the share that is claimed. */
    private String shares() {
        PoolingResult least = findings.stream()
                .filter(NETWORK.and(THINKS))
                .min(Comparator.comparingDouble(finding -> finding.sequential().savedMillis()))
                .orElseThrow();
        double saved = least.sequential().savedMillis();
        return String.format(
                Locale.ROOT,
                "The %.0f ms of %s are 30 %% of a call of %.0f ms, 10 %% of one of %.0f ms and %.1f %% of one of 2 s.",
                saved, least.setting().describe(), saved / 0.3, saved / 0.1, saved / LONG_CALL_MILLIS * 100);
    }

    private String fastest() {
        return "network: " + fastest(NETWORK) + "; no delay: " + fastest(NO_DELAY) + "; only opening costs: "
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
