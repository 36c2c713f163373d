package dev.paddock.benchmarks.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.benchmarks.Commands;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The live objects in the heap of another JVM, counted after a full collection. */
final class LiveHeap {

    private static final String TOTAL = "Total";

    private final long process;

    LiveHeap(LoadTarget target) {
        this.process = requireNonNull(target.process(), "process").pid();
    }

    /** Returns their size in bytes. */
    long bytes() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return bytesOf(TOTAL + Commands.run(TOTAL, List.of(jcmd, Long.toString(process), "GC.class_histogram")));
    }

    /** Returns the second number of {@code Total 123 4567}. */
    static long bytesOf(String total) {
        return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    }
}
