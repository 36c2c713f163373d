package dev.paddock.benchmarks.gateway;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The objects in the heap of another JVM that are in use, which it counts after a full collection. It must be another one:
 * it stands still while it tells, and could not listen to itself.
 */
final class LiveHeap {

    private static final String TOTAL = "Total";

    private final long process;

    LiveHeap(LoadTarget front) {
        this.process = requireNonNull(front.process(), "process").pid();
    }

    /** Returns how many bytes they have. */
    long bytes() throws IOException, InterruptedException {
        Process command = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(process),
                        "GC.class_histogram"))
                .redirectErrorStream(true)
                .start();
        String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = command.waitFor();
        return said.lines()
                .filter(line -> line.startsWith(TOTAL))
                .findFirst()
                .map(LiveHeap::bytesOf)
                .orElseThrow(() -> new IOException("jcmd ended with " + status + ": " + said));
    }

    /** Returns the second number of {@code Total 123 4567}. */
    static long bytesOf(String total) {
        return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    }
}
