package dev.paddock.benchmarks.calls;

import static java.util.Objects.requireNonNull;

import dev.paddock.benchmarks.contender.ContenderClient;
import dev.paddock.benchmarks.contender.Contender;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One contender at one workload. JMH makes a class below this one, hence not final. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {

    /** The workload, by its name among the constants. */
    @Param("SMALL_CHAT")
    public String workload = "";

    /** The contender, by its name among the constants. */
    @Param("SOCKET")
    public String contender = "";

    private CallWorkload work = CallWorkload.SMALL_CHAT;
    private @Nullable ContenderClient caller;

    /** Starts the contender and warms it up. */
    @Setup
    public void open() throws IOException {
        work = CallWorkload.valueOf(workload);
        caller = ContenderWarmUp.open(work, Contender.valueOf(contender));
    }

    /** Stops the contender. */
    @TearDown
    public void close() throws IOException {
        Verification.verify(work.call(requireNonNull(caller)));
        requireNonNull(caller).close();
    }

    /** The call. */
    @Benchmark
    public Object call() throws IOException {
        return work.call(requireNonNull(caller));
    }
}
