package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Compares what calls cost. Contenders take turns within a round, so that whatever happens to the machine happens to all of
 * them; each turn has a JVM of its own, and all of them have the same upstream.
 */
public final class CallBenchmarks {

    private static final List<Integer> CEILING_CALLERS = List.of(1, 2, 8, 32);

    private final CallBenchmarkOptions settings;
    private final Fork fork;
    private final PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private CallBenchmarks(CallBenchmarkOptions settings, Fork fork) {
        this.settings = settings;
        this.fork = fork;
    }

    /** See the script {@code run} for the options. */
    public static void main(String... arguments) throws IOException, RunnerException {
        CallBenchmarkOptions settings = CallBenchmarkOptions.parse(Effort.THOROUGH, arguments);
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            new CallBenchmarks(settings, new Fork(upstream.address(), settings.effort())).report(Report.begin(settings));
        }
    }

    private void report(Report report) throws IOException, RunnerException {
        for (CallWorkload workload : settings.workloads()) {
            report.add(CallTables.workload(workload, measure(workload)));
        }
        List<UpstreamCapacity> ceilings = new ArrayList<>();
        for (int callers : CEILING_CALLERS) {
            ceilings.add(fork.ceiling(callers));
        }
        report.add(CallTables.ceilings(ceilings));
    }

    private Map<Contender, List<WorkloadMeasurement>> measure(CallWorkload workload) throws RunnerException {
        Map<Contender, List<WorkloadMeasurement>> found = new EnumMap<>(Contender.class);
        for (int round = 1; round <= settings.effort().rounds(); round++) {
            for (Contender contender : settings.contenders()) {
                if (workload.contenders().contains(contender)) {
                    WorkloadMeasurement measurement = fork.measure(workload, contender);
                    verify(measurement, workload, contender);
                    found.computeIfAbsent(contender, first -> new ArrayList<>()).add(measurement);
                    progress.printf("%s, round %d, %s: %.2f us CPU per call%n",
                            workload.title(), round, contender.label(), measurement.cpu());
                }
            }
        }
        return found;
    }

    /** A contender that asked twice, or not at all, did other work than the rest. */
    private static void verify(WorkloadMeasurement measurement, CallWorkload workload, Contender contender) {
        double requests = measurement.upstream().requests();
        if (Math.abs(requests - 1) > 0.5) {
            throw new IllegalStateException(
                    "%s made %.2f requests for each call of %s".formatted(contender, requests, workload));
        }
    }
}
