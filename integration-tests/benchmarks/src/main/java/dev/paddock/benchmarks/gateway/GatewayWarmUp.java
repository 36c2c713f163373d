package dev.paddock.benchmarks.gateway;

import java.io.IOException;
import java.time.Duration;

/**
 * Asks until the compilers of a JVM have little left to do: without it what they cost would be taken for what requests
 * cost, and the more so the fewer requests a load allows in a second.
 */
final class GatewayWarmUp {

    private static final int CONNECTIONS = 32;
    private static final int WINDOW_SECONDS = 3;
    /** Of a window that counts as calm, for all compilers together. */
    private static final Duration CALM = Duration.ofMillis(100);

    private static final int CALM_WINDOWS = 2;

    private final LoadGenerator generator;
    private final Duration longest;

    GatewayWarmUp(LoadGenerator generator, Duration longest) {
        this.generator = generator;
        this.longest = longest;
    }

    /** Warms one load up; what has no compilers is asked for a moment, so that it has its connections. */
    void run(LoadTarget front, GatewayLoad load) throws IOException, InterruptedException {
        if (front.compilerTime().isZero()) {
            LoadResult unused = generator.run(front, load, CONNECTIONS, 1);
            return;
        }
        long end = System.nanoTime() + longest.toNanos();
        int calm = 0;
        while (calm < CALM_WINDOWS && System.nanoTime() < end) {
            Duration before = front.compilerTime();
            LoadResult unused = generator.run(front, load, CONNECTIONS, WINDOW_SECONDS);
            calm = front.compilerTime().minus(before).compareTo(CALM) < 0 ? calm + 1 : 0;
        }
    }
}
