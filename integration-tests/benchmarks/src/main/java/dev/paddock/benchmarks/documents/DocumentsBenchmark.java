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

/** Measures the search of documents: {@code retrieval}, {@code ingest}, {@code search}, or {@code cost} for the last two. */
public final class DocumentsBenchmark {

    private static final String PUBLIC = "integration-tests/benchmarks/src/main/resources/dev/paddock/benchmarks/documents/public";

    private DocumentsBenchmark() {}

    /** Takes the name of the measurement and its options. Exits with 1 if a bound is missed. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.printf(
                Locale.ROOT,
                "%s; load average %.1f at the start.%n%n",
                BenchmarkMachine.describe(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        boolean isKept = switch (arguments[0]) {
            case "retrieval" -> retrieval(out, arguments);
            case "ingest" -> ingest(out, arguments);
            case "search" -> search(out, arguments);
            case "cost" -> {
                boolean isIngestKept = ingest(out, arguments);
                out.println();
                yield search(out, arguments) && isIngestKept;
            }
            default -> throw new IllegalArgumentException("unknown: " + arguments[0]);
        };
        if (!isKept) {
            System.exit(1);
        }
    }

    private static boolean retrieval(PrintStream out, String... arguments) throws IOException, InterruptedException {
        boolean isProjectKept = inDirectory(
                directory -> new RetrievalMeasurement(directory, out).run(option("--docs", "docs", arguments), "questions.tsv"));
        out.println();
        return inDirectory(directory -> new RetrievalMeasurement(directory, out).run(PUBLIC, "public/questions.tsv")) && isProjectKept;
    }

    private static boolean ingest(PrintStream out, String... arguments) throws IOException, InterruptedException {
        return inDirectory(directory -> new IngestMeasurement(directory, out).run(Integer.parseInt(option("--documents", "10000", arguments))));
    }

    private static boolean search(PrintStream out, String... arguments) throws IOException, InterruptedException {
        return inDirectory(directory -> new SearchMeasurement(directory, out)
                .run(
                        Integer.parseInt(option("--passages", "100000", arguments)),
                        Integer.parseInt(option("--queries", "1000", arguments))));
    }

    private static boolean inDirectory(Measurement measurement) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("paddock-documents");
        try {
            return measurement.run(directory);
        } finally {
            delete(directory);
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

    /** A measurement that needs an empty directory. */
    @FunctionalInterface
    private interface Measurement {

        boolean run(Path directory) throws IOException, InterruptedException;
    }
}
