package dev.paddock.benchmarks.calls;

import static java.util.Objects.requireNonNull;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the cost of calls. Each contender calls the same upstream from a JVM of its own.
 *
 * <p>By default the JVMs run one after the other, so that latencies and connections are those of one contender. On a machine whose
 * speed varies, the contenders are interleaved instead: all JVMs exist at the same time and take short turns, so that their ratios
 * are those of neighbours in time.
 */
public final class CallBenchmark {

    private static final List<Integer> CAPACITY_CALLERS = List.of(1, 2, 8, 32);

    private final CallBenchmarkOptions options;
    private final UpstreamProcess upstream;
    private final PrintStream progress = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    private CallBenchmark(CallBenchmarkOptions options, UpstreamProcess upstream) {
        this.options = options;
        this.upstream = upstream;
    }

    /** See the scripts {@code run} and {@code turns} for the options. */
    public static void main(String... arguments) throws IOException {
        CallBenchmarkOptions options = CallBenchmarkOptions.parse(arguments);
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            new CallBenchmark(options, upstream).report(Report.begin(options));
        }
    }

    private void report(Report report) throws IOException {
        for (CallWorkload workload : options.workloads()) {
            report.add(options.interleaved()
                    ? CallTables.interleaved(workload, measureInterleaved(workload))
                    : CallTables.sequential(workload, measureSequentially(workload)));
        }
        if (!options.interleaved()) {
            report.add(CallTables.capacity(measureCapacity()));
        }
    }

    private List<Contender> contenders(CallWorkload workload) {
        return options.contenders().stream().filter(workload.contenders()::contains).toList();
    }

    private Map<Contender, List<CallMeasurement>> measureSequentially(CallWorkload workload) throws IOException {
        Map<Contender, List<CallMeasurement>> found = new EnumMap<>(Contender.class);
        Duration length = options.effort().time().multipliedBy(workload.timeFactor());
        for (int round = 1; round <= options.effort().rounds(); round++) {
            for (Contender contender : contenders(workload)) {
                try (ContenderProcess process = start(workload, contender)) {
                    CallMeasurement measurement = process.measure(length);
                    found.computeIfAbsent(contender, first -> new ArrayList<>()).add(measurement);
                    progress.printf("%s, round %d, %s: %.2f us CPU per call%n",
                            workload.title(), round, contender.label(), measurement.cpu());
                }
            }
        }
        return found;
    }

    private Map<Contender, List<CallMeasurement>> measureInterleaved(CallWorkload workload) throws IOException {
        Map<Contender, ContenderProcess> processes = new EnumMap<>(Contender.class);
        try {
            for (Contender contender : contenders(workload)) {
                processes.put(contender, start(workload, contender));
                progress.printf("%s, %s is warm%n", workload.title(), contender.label());
            }
            return takeTurns(workload, processes);
        } finally {
            processes.values().forEach(ContenderProcess::close);
        }
    }

    private ContenderProcess start(CallWorkload workload, Contender contender) throws IOException {
        return ContenderProcess.start(
                workload, contender, workload.callers(), upstream.address(), options.effort().warmUp());
    }

    private Map<Contender, List<CallMeasurement>> takeTurns(
            CallWorkload workload, Map<Contender, ContenderProcess> processes) {
        Map<Contender, List<CallMeasurement>> turns = new EnumMap<>(Contender.class);
        processes.keySet().forEach(contender -> turns.put(contender, new ArrayList<>()));
        Map<Contender, ContenderProcess> running = new EnumMap<>(processes);
        Duration length = options.effort().time().multipliedBy(workload.timeFactor());
        for (int round = 0; round < options.effort().rounds(); round++) {
            running.entrySet().removeIf(each -> !takeTurn(each.getValue(), length, requireNonNull(turns.get(each.getKey()))));
        }
        return turns;
    }

    /** A contender that fails has no further turns, and its earlier turns do not count. */
    private boolean takeTurn(ContenderProcess process, Duration length, List<CallMeasurement> turns) {
        try {
            turns.add(process.measure(length));
            return true;
        } catch (IOException failed) {
            progress.println(failed.getMessage());
            turns.clear();
            return false;
        }
    }

    private Map<Integer, CallMeasurement> measureCapacity() throws IOException {
        Map<Integer, CallMeasurement> found = new TreeMap<>();
        for (int callers : CAPACITY_CALLERS) {
            try (ContenderProcess process = ContenderProcess.start(CallWorkload.SMALL_CHAT, Contender.SOCKET, callers,
                    upstream.address(), options.effort().warmUp())) {
                found.put(callers, process.measure(options.effort().time()));
            }
        }
        return found;
    }

    /** The output, written as soon as a part is known: a run of an hour that fails at its end has written most of it. */
    static final class Report {

        private final PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        private final CallBenchmarkOptions settings;

        private Report(CallBenchmarkOptions settings) {
            this.settings = settings;
        }

        /** Begins with the machine of the figures. */
        static Report begin(CallBenchmarkOptions settings) throws IOException {
            Report begun = new Report(settings);
            if (settings.output() != null) {
                Files.deleteIfExists(settings.output());
            }
            begun.add("%s; %s%n".formatted(BenchmarkMachine.describe(), settings.effort()));
            return begun;
        }

        /** Prints a part, and appends it to the file of the options. */
        void add(String part) throws IOException {
            output.print(part);
            output.flush();
            if (settings.output() != null) {
                Files.writeString(settings.output(), part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        }
    }
}
