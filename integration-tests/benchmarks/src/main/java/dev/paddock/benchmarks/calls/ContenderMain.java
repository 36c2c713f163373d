package dev.paddock.benchmarks.calls;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.paddock.benchmarks.calls.CallWorkload.Verification;
import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.contender.ContenderClient;
import dev.paddock.benchmarks.upstream.UpstreamProcess.UpstreamAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.LogManager;
import org.HdrHistogram.Histogram;

/**
 * The process of one contender. For each line of its standard input, a time in milliseconds, it makes calls for that time and
 * prints the measurement. In between it does nothing.
 */
final class ContenderMain {

    static final String READY = "ready";

    private static final int DIGITS = 3;

    private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final CallWorkload workload;
    private final ContenderClient client;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Histogram> latencies = new ArrayList<>(); // one for each caller

    private ContenderMain(CallWorkload workload, ContenderClient client, int callers) {
        this.workload = workload;
        this.client = client;
        for (int caller = 0; caller < callers; caller++) {
            latencies.add(new Histogram(DIGITS));
        }
    }

    /** Takes the names of a workload and of a contender, and the number of callers. */
    public static void main(String... arguments) {
        PrintStream results = System.out;
        System.setOut(System.err); // what a contender prints is not a result
        try {
            CallWorkload workload = CallWorkload.valueOf(arguments[0]);
            ContenderClient client = ContenderWarmUp.open(workload, Contender.valueOf(arguments[1]));
            new ContenderMain(workload, client, Integer.parseInt(arguments[2])).serve(results);
        } catch (IOException | RuntimeException | InterruptedException | ExecutionException failed) {
            failed.printStackTrace();
            System.exit(1);
        }
        System.exit(0); // even if threads of the contender are still running
    }

    private void serve(PrintStream results) throws IOException, InterruptedException, ExecutionException {
        results.println(READY);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String length = input.readLine(); length != null; length = input.readLine()) {
            results.println(measure(Duration.ofMillis(Long.parseLong(length))).toLine());
        }
    }

    private CallMeasurement measure(Duration length) throws IOException, InterruptedException, ExecutionException {
        latencies.forEach(Histogram::reset);
        long cpu = PROCESS.getProcessCpuTime();
        long allocation = THREADS.getTotalThreadAllocatedBytes();
        long start = System.nanoTime();
        callUntil(start + length.toNanos());
        long elapsed = System.nanoTime() - start;
        cpu = PROCESS.getProcessCpuTime() - cpu;
        allocation = THREADS.getTotalThreadAllocatedBytes() - allocation;
        Histogram all = new Histogram(DIGITS);
        latencies.forEach(all::add);
        return CallMeasurement.ofProcess(all.getTotalCount(), elapsed, cpu, allocation, all.getValueAtPercentile(50),
                all.getValueAtPercentile(99));
    }

    private void callUntil(long end) throws IOException, InterruptedException, ExecutionException {
        if (latencies.size() == 1) {
            callUntil(end, latencies.getFirst());
            return;
        }
        List<Future<?>> calls = new ArrayList<>();
        for (Histogram histogram : latencies) {
            calls.add(callers.submit(() -> {
                callUntil(end, histogram);
                return null;
            }));
        }
        for (Future<?> call : calls) {
            call.get();
        }
    }

    private void callUntil(long end, Histogram histogram) throws IOException {
        for (long before = System.nanoTime(); before < end; ) {
            Verification.verify(workload.call(client));
            long after = System.nanoTime();
            histogram.recordValue(after - before);
            before = after;
        }
    }

    /**
     * Calls until the compilers of the JVM are nearly idle, which takes one to ten seconds. Otherwise the compilation would count as
     * cost of the calls, and differently for each contender.
     */
    static final class ContenderWarmUp {

        private static final String MAX_WARM_UP = "benchmark.warm-up.milliseconds";
        private static final long WINDOW_NANOS = Duration.ofMillis(500).toNanos();
        /** The maximum compilation time of a calm window. */
        private static final long CALM_MILLIS = 20;
        private static final int CALM_WINDOWS = 2;

        private final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        private final long end = System.nanoTime() + Duration.ofMillis(Long.getLong(MAX_WARM_UP, 0)).toNanos();

        /** Returns the argument of a JVM that limits the warm-up. */
        static String argument(Duration limit) {
            return "-D" + MAX_WARM_UP + "=" + limit.toMillis();
        }

        /** Opens a contender without logging, verifies one call and warms it up. */
        static ContenderClient open(CallWorkload workload, Contender contender) throws IOException {
            LogManager.getLogManager().reset();
            ContenderClient opened = contender.open(workload.port(UpstreamAddress.ofProcess()));
            Verification.verify(workload.call(opened));
            new ContenderWarmUp().warm(workload, opened);
            return opened;
        }

        private void warm(CallWorkload workload, ContenderClient caller) throws IOException {
            int calm = 0;
            while (calm < CALM_WINDOWS && System.nanoTime() < end) {
                long before = compilers.getTotalCompilationTime();
                callForWindow(workload, caller);
                calm = compilers.getTotalCompilationTime() - before < CALM_MILLIS ? calm + 1 : 0;
            }
        }

        private static void callForWindow(CallWorkload workload, ContenderClient caller) throws IOException {
            long windowEnd = System.nanoTime() + WINDOW_NANOS;
            while (System.nanoTime() < windowEnd) {
                Verification.verify(workload.warmUp(caller));
            }
        }
    }
}
