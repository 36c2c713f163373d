package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one contender at one workload in one JVM that is made for it. */
final class Fork {

    private final UpstreamAddress upstream;
    private final Effort effort;

    Fork(UpstreamAddress upstream, Effort effort) {
        this.upstream = upstream;
        this.effort = effort;
    }

    WorkloadMeasurement measure(CallWorkload workload, Contender contender) throws RunnerException {
        List<String> arguments = arguments();
        if (workload.callers() > 1) {
            arguments.add("-Djmh.executor=VIRTUAL");
        }
        return WorkloadMeasurement.of(run(options(workload, contender)
                .mode(Mode.SampleTime)
                .threads(workload.callers())
                .jvmArgsAppend(arguments.toArray(String[]::new))));
    }

    /** As many calls as go through, from callers on threads of the system. */
    UpstreamCapacity ceiling(int callers) throws RunnerException {
        RunResult result = run(options(CallWorkload.SMALL_CHAT, Contender.SOCKET)
                        .mode(Mode.Throughput)
                        .threads(callers)
                        .jvmArgsAppend(arguments().toArray(String[]::new)))
                .iterator()
                .next();
        double callsPerMicrosecond = result.getPrimaryResult().getScore();
        return new UpstreamCapacity(callers, callsPerMicrosecond,
                WorkloadMeasurement.score(result, ProcessProfiler.UPSTREAM_CPU));
    }

    private ChainedOptionsBuilder options(CallWorkload workload, Contender contender) {
        return new OptionsBuilder()
                .include(CallBenchmark.class.getName())
                .param("workload", workload.name())
                .param("contender", contender.name())
                .forks(1)
                // What is left to warm up: most of it was done before, see ContenderWarmUp.
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(effort.time().toMillis()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.time().toMillis() * workload.patience()))
                .addProfiler(ProcessProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }

    private List<String> arguments() {
        return new ArrayList<>(MeasuredJvm.arguments(upstream, effort.warmUp()));
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        Collection<RunResult> results = new Runner(options.build()).run();
        if (results.isEmpty()) {
            throw new RunnerException("nothing was measured");
        }
        return results;
    }
}
