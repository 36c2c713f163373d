package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import dev.paddock.wholesystem.JavaProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares the starts of clients: new processes, in turn, each of which opens a client and makes one call. */
public final class ClientStartBenchmark {

    private static final double NANOS_PER_MILLISECOND = 1e6;

    private ClientStartBenchmark() {}

    /** Takes the number of runs, and the contenders; the first is the one to compare with. */
    public static void main(String... arguments) throws IOException {
        int runs = Integer.parseInt(arguments[0]);
        List<Contender> contenders = Arrays.stream(arguments).skip(1).map(Contender::named).toList();
        Map<Contender, List<Start>> starts = new EnumMap<>(Contender.class);
        try (UpstreamProcess upstream = UpstreamProcess.start()) {
            for (int run = 0; run <= runs; run++) {
                for (Contender contender : contenders) {
                    Start start = Start.of(contender, upstream.address().port());
                    if (run > 0) { // the first ones warm the disk cache
                        starts.computeIfAbsent(contender, first -> new ArrayList<>()).add(start);
                    }
                }
            }
        }
        System.out.println("| client | opening, ms | to compare | opening and first answer, ms | to compare | process to first answer, ms |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        Start first = Start.median(starts.getOrDefault(contenders.getFirst(), List.of()));
        for (Contender contender : contenders) {
            Start median = Start.median(starts.getOrDefault(contender, List.of()));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.2f x | %.0f | %.2f x | %.0f |%n",
                    contender.title(),
                    median.opening,
                    median.opening / first.opening,
                    median.opening + median.call,
                    (median.opening + median.call) / (first.opening + first.call),
                    median.process);
        }
    }

    /** What one start took, in milliseconds: to open the client, to make its first call, and all with the start of the JVM. */
    private record Start(double opening, double call, double process) {

        static Start of(Contender contender, int port) throws IOException {
            long before = System.nanoTime();
            try (JavaProcess process = JavaProcess.start(List.of(), ClientStart.class, List.of(contender.name(), Integer.toString(port)))) {
                String line = process.receive();
                long after = System.nanoTime();
                if (line == null) {
                    throw new IOException(contender.label() + " did not start");
                }
                String[] parts = line.split(" ", 2);
                return new Start(
                        Long.parseLong(parts[0]) / NANOS_PER_MILLISECOND,
                        Long.parseLong(parts[1]) / NANOS_PER_MILLISECOND,
                        (after - before) / NANOS_PER_MILLISECOND);
            }
        }

        static Start median(List<Start> starts) {
            return new Start(
                    middle(starts.stream().mapToDouble(Start::opening).sorted().toArray()),
                    middle(starts.stream().mapToDouble(Start::call).sorted().toArray()),
                    middle(starts.stream().mapToDouble(Start::process).sorted().toArray()));
        }

        private static double middle(double[] sorted) {
            return sorted[sorted.length / 2];
        }
    }
}
