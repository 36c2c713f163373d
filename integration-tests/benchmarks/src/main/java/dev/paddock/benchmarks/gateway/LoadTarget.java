package dev.paddock.benchmarks.gateway;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that a client can ask: the server itself, or what stands before it.
 *
 * @param name how the tables call it
 * @param port where it listens on the loopback address
 * @param process what it runs as, or null when its cost is of no interest
 */
record LoadTarget(String name, int port, @Nullable ProcessHandle process) {

    /** Returns the time that the compilers of the process and its children have had a processor. */
    Duration compilerTime() {
        return total(JitCompilers::time);
    }

    /** Returns the time that the process and its children have had a processor, in steps of 10 ms; zero without a process. */
    Duration processorTime() {
        return total(one -> one.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    private Duration total(Function<ProcessHandle, Duration> time) {
        return process == null
                ? Duration.ZERO
                : Stream.concat(Stream.of(process), process.descendants()).map(time).reduce(Duration.ZERO, Duration::plus);
    }
}
