package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.Contender;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/** Writes Markdown. */
final class CallTables {

    /** Above that, a contender does not keep its connections. */
    private static final double FEW_CONNECTIONS = 0.2;

    private CallTables() {}

    static String workload(CallWorkload workload, Map<Contender, List<WorkloadMeasurement>> measurements) {
        StringJoiner table = new StringJoiner("\n", header(workload), "\n");
        List<WorkloadMeasurement> raw = measurements.getOrDefault(Contender.HTTPCLIENT5, List.of());
        measurements.forEach((contender, found) -> table.add(row(contender, workload, found, raw)));
        for (Contender contender : Contender.values()) {
            if (!workload.contenders().contains(contender)) {
                table.add("| " + contender.title() + " | left out here | | | | | | |");
            }
        }
        return table.toString();
    }

    static String ceilings(List<UpstreamCapacity> ceilings) {
        StringJoiner table = new StringJoiner("\n", """

                ### What the upstream can bear: small chat, bare sockets

                | connections | calls/s | upstream CPU us/call | upstream's share of one core |
                |---|---|---|---|
                """, "\n");
        for (UpstreamCapacity ceiling : ceilings) {
            table.add(String.format(Locale.ROOT, "| %d | %.0f | %.1f | %.0f %% |", ceiling.callers(),
                    1e6 * ceiling.callsPerMicrosecond(), ceiling.upstreamCpu(), ceiling.upstreamLoad()));
        }
        return table.toString();
    }

    private static String header(CallWorkload workload) {
        return """

                ### %s

                | contender | CPU us/%2$s | to raw HttpClient 5 | allocation kB/%2$s | p50 us/call | p99 us/call | \
                connections | upstream CPU us/%2$s |
                |---|---|---|---|---|---|---|---|
                """.formatted(workload.title(), workload.unitsPerCall() > 1 ? "chunk" : "call");
    }

    private static String row(
            Contender contender, CallWorkload workload, List<WorkloadMeasurement> found, List<WorkloadMeasurement> raw) {
        int units = workload.unitsPerCall();
        double cpu = WorkloadMeasurement.median(found, WorkloadMeasurement::cpu);
        String ratio = raw.isEmpty() ? "" : number(cpu / WorkloadMeasurement.median(raw, WorkloadMeasurement::cpu));
        return new StringJoiner(" | ", "| ", " |")
                .add(contender.title())
                .add(number(cpu / units))
                .add(ratio)
                .add(number(found, measurement -> measurement.allocation() / units))
                .add(number(found, WorkloadMeasurement::median))
                .add(number(found, WorkloadMeasurement::tail))
                .add(connections(found))
                .add(number(found, measurement -> measurement.upstream().cpu() / units))
                .toString();
    }

    private static String connections(List<WorkloadMeasurement> found) {
        double perRequest = WorkloadMeasurement.median(found, measurement -> measurement.upstream().connectionsPerRequest());
        return perRequest > FEW_CONNECTIONS
                ? String.format(Locale.ROOT, "%.2f per call", perRequest)
                : String.format(Locale.ROOT, "%.0f",
                        WorkloadMeasurement.median(found, measurement -> measurement.upstream().connections()));
    }

    private static String number(List<WorkloadMeasurement> found, ToDoubleFunction<WorkloadMeasurement> figure) {
        return number(WorkloadMeasurement.median(found, figure));
    }

    /** Three digits, as long as they come behind the point. */
    static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
