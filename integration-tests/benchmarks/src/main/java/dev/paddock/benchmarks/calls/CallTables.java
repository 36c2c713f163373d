package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.Quantiles;
import dev.paddock.benchmarks.contender.Contender;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The results as tables in Markdown. */
final class CallTables {

    /** With more connections per request a contender does not reuse its connections. */
    private static final double FEW_CONNECTIONS = 0.2;

    /** The contenders with which the others are compared in the interleaved table. */
    private static final List<Contender> REFERENCES =
            List.of(Contender.SOCKET, Contender.SOCKET_JACKSON, Contender.HTTPCLIENT5, Contender.JDK);

    private CallTables() {}

    static String sequential(CallWorkload workload, Map<Contender, List<CallMeasurement>> measurements) {
        StringJoiner table = new StringJoiner("\n", """

                ### %s

                | contender | CPU us/%2$s | to raw HttpClient 5 | allocation kB/%2$s | p50 us/call | p99 us/call | \
                connections | upstream CPU us/%2$s |
                |---|---|---|---|---|---|---|---|
                """.formatted(workload.title(), workload.unit()), "\n");
        List<CallMeasurement> raw = measurements.getOrDefault(Contender.HTTPCLIENT5, List.of());
        measurements.forEach((contender, found) -> table.add(sequentialRow(contender, workload, found, raw)));
        for (Contender contender : Contender.values()) {
            if (!workload.contenders().contains(contender)) {
                table.add("| " + contender.title() + " | not measured here | | | | | | |");
            }
        }
        return table.toString();
    }

    private static String sequentialRow(
            Contender contender, CallWorkload workload, List<CallMeasurement> found, List<CallMeasurement> raw) {
        int units = workload.unitsPerCall();
        return row(
                contender.title(),
                number(found, each -> each.cpu() / units),
                raw.isEmpty() ? "" : number(median(found, CallMeasurement::cpu) / median(raw, CallMeasurement::cpu)),
                number(found, each -> each.allocation() / units),
                number(found, CallMeasurement::p50),
                number(found, CallMeasurement::p99),
                connections(found),
                number(found, each -> each.upstreamCpu() / units));
    }

    private static String connections(List<CallMeasurement> found) {
        double perRequest = median(found, CallMeasurement::connectionsPerRequest);
        return perRequest > FEW_CONNECTIONS
                ? String.format(Locale.ROOT, "%.2f per call", perRequest)
                : String.format(Locale.ROOT, "%.0f", median(found, each -> each.upstream().connections()));
    }

    static String capacity(Map<Integer, CallMeasurement> measurements) {
        StringJoiner table = new StringJoiner("\n", """

                ### Capacity of the upstream: small chat, bare sockets

                | connections | calls/s | upstream CPU us/call | upstream's share of one core |
                |---|---|---|---|
                """, "\n");
        measurements.forEach((callers, found) -> table.add(String.format(Locale.ROOT, "| %d | %.0f | %.1f | %.0f %% |",
                callers, found.callsPerSecond(), found.upstreamCpu(), found.upstreamLoad())));
        return table.toString();
    }

    static String interleaved(CallWorkload workload, Map<Contender, List<CallMeasurement>> turns) {
        StringJoiner table = new StringJoiner("\n", """

                ### %s, interleaved

                | contender | CPU us/%2$s | to bare socket | to bare socket, Jackson | to raw HttpClient 5 | \
                to raw java.net.http | allocation kB/%2$s |
                |---|---|---|---|---|---|---|
                """.formatted(workload.title(), workload.unit()), "\n");
        turns.forEach((contender, taken) -> table.add(interleavedRow(contender, taken, turns, workload.unitsPerCall())));
        return table.toString();
    }

    private static String interleavedRow(
            Contender contender, List<CallMeasurement> taken, Map<Contender, List<CallMeasurement>> all, int units) {
        if (taken.isEmpty()) {
            return row(contender.title(), "a call failed", "", "", "", "", "");
        }
        String[] ratios = REFERENCES.stream()
                .map(reference -> reference == contender ? "1" : ratio(taken, all.getOrDefault(reference, List.of())))
                .toArray(String[]::new);
        return row(contender.title(), number(taken, each -> each.cpu() / units), ratios[0], ratios[1], ratios[2], ratios[3],
                number(taken, each -> each.allocation() / units));
    }

    /** The median and the quartiles of the ratios in the same round. */
    private static String ratio(List<CallMeasurement> taken, List<CallMeasurement> reference) {
        if (reference.isEmpty()) {
            return "";
        }
        double[] ratios = IntStream.range(0, taken.size())
                .mapToDouble(round -> taken.get(round).cpu() / reference.get(round).cpu())
                .toArray();
        return "%s (%s-%s)".formatted(number(Quantiles.of(ratios, 0.5)), number(Quantiles.of(ratios, 0.25)),
                number(Quantiles.of(ratios, 0.75)));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static double median(List<CallMeasurement> found, ToDoubleFunction<CallMeasurement> figure) {
        return Quantiles.median(found.stream().mapToDouble(figure));
    }

    private static String number(List<CallMeasurement> found, ToDoubleFunction<CallMeasurement> figure) {
        return number(median(found, figure));
    }

    /** Three digits, as long as they are behind the decimal point. */
    private static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
