package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.BenchmarkMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** What was found, told as soon as it is known: a run of an hour that fails at its end has said most of it. */
final class Report {

    private final PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final CallBenchmarkOptions settings;

    private Report(CallBenchmarkOptions settings) {
        this.settings = settings;
    }

    /** Begins with what the figures are taken on. */
    static Report begin(CallBenchmarkOptions settings) throws IOException {
        Report begun = new Report(settings);
        if (settings.output() != null) {
            Files.deleteIfExists(settings.output());
        }
        begun.add("%s; %s%n".formatted(BenchmarkMachine.describe(), settings.effort()));
        return begun;
    }

    /** Prints a part of it, and appends it to the file that the command line names. */
    void add(String part) throws IOException {
        output.print(part);
        output.flush();
        if (settings.output() != null) {
            Files.writeString(settings.output(), part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
