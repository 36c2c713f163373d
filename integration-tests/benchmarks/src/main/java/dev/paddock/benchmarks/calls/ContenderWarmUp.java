package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.ContenderClient;
import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.UpstreamAddress;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.logging.LogManager;

/**
 * Calls until the compilers of the JVM have little left to do, which takes some contenders a second and others ten. Without
 * it, the time that they take would be a part of what a call costs, and not an equal one.
 */
final class ContenderWarmUp {

    private static final String LONGEST = "benchmark.warm-up.milliseconds";
    private static final long WINDOW_NANOS = Duration.ofMillis(500).toNanos();
    /** Of a window that counts as calm, for all compilers together. */
    private static final long CALM_MILLIS = 20;
    private static final int CALM_WINDOWS = 2;

    private final CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    private final long end = System.nanoTime() + Duration.ofMillis(Long.getLong(LONGEST, 0)).toNanos();

    /** Returns the argument that tells a JVM how long this may take. */
    static String argument(Duration longest) {
        return "-D" + LONGEST + "=" + longest.toMillis();
    }

    /** Starts a contender without its logs, writing which is not what is measured; proves that it works, and warms it up. */
    static ContenderClient open(CallWorkload work, Contender contender) throws IOException {
        LogManager.getLogManager().reset();
        ContenderClient opened = contender.open(work.port(UpstreamAddress.ofProcess()));
        Verification.verify(work.call(opened));
        new ContenderWarmUp().warm(work, opened);
        return opened;
    }

    private void warm(CallWorkload work, ContenderClient caller) throws IOException {
        int calm = 0;
        while (calm < CALM_WINDOWS && System.nanoTime() < end) {
            long before = compilers.getTotalCompilationTime();
            callForAWindow(work, caller);
            calm = compilers.getTotalCompilationTime() - before < CALM_MILLIS ? calm + 1 : 0;
        }
    }

    private static void callForAWindow(CallWorkload work, ContenderClient caller) throws IOException {
        long windowEnd = System.nanoTime() + WINDOW_NANOS;
        while (System.nanoTime() < windowEnd) {
            Verification.verify(work.warmUp(caller));
        }
    }
}
