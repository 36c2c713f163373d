package dev.paddock.benchmarks.documents;

import dev.paddock.benchmarks.BenchmarkMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Measures the search of documents: {@code retrieval}, {@code ingest} and {@code search}. */
public final class DocumentsBenchmark {

    private DocumentsBenchmark() {}

    /** Takes the name of the measurement and its options. Exits with 1 if a bound is missed. */
    public static void main(String... arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.printf(
                Locale.ROOT,
                "%s; load average %.1f at the start.%n%n",
                BenchmarkMachine.describe(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        Path directory = Files.createTempDirectory("paddock-documents");
        boolean isKept;
        try {
            isKept = switch (arguments[0]) {
                case "retrieval" -> new RetrievalMeasurement(directory, out).run(option("--docs", "docs", arguments));
                case "ingest" -> new IngestMeasurement(directory, out).run(Integer.parseInt(option("--documents", "10000", arguments)));
                case "search" -> new SearchMeasurement(directory, out)
                        .run(
                                Integer.parseInt(option("--passages", "100000", arguments)),
                                Integer.parseInt(option("--queries", "1000", arguments)));
                default -> throw new IllegalArgumentException("unknown: " + arguments[0]);
            };
        } finally {
            delete(directory);
        }
        if (!isKept) {
            System.exit(1);
        }
    }

    private static String option(String name, String byDefault, String... arguments) {
        for (int index = 0; index + 1 < arguments.length; index++) {
            if (arguments[index].equals(name)) {
                return arguments[index + 1];
            }
        }
        return byDefault;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
