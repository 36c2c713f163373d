package dev.paddock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the figures were taken on. */
public final class BenchmarkMachine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private BenchmarkMachine() {}

    /** Returns the processor, the JVM and the operating system in one line. */
    public static String describe() throws IOException {
        return "%s, %d cores; %s %s; %s %s".formatted(processor(), Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"), Runtime.version(), System.getProperty("os.name"),
                System.getProperty("os.version"));
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
