package dev.paddock.benchmarks.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Asks all fronts in turn over one connection each, so that what disturbs the machine disturbs all of them alike. */
final class FirstByteProbe {

    private FirstByteProbe() {}

    /** Returns how long the first byte of the body took, in nanoseconds, in the order of the fronts. */
    static List<Histogram> measure(List<LoadTarget> fronts, GatewayLoad load, int rounds) throws IOException {
        List<Histogram> times = new ArrayList<>();
        List<ProbeConnection> targets = new ArrayList<>();
        try {
            for (LoadTarget front : fronts) {
                times.add(new Histogram(3));
                targets.add(new ProbeConnection(front, load));
            }
            for (int round = -rounds; round < rounds; round++) { // as many for warming up
                for (int at = 0; at < fronts.size(); at++) {
                    long nanos = targets.get(at).ask();
                    if (round >= 0) {
                        times.get(at).recordValue(nanos);
                    }
                }
            }
            return times;
        } finally {
            for (ProbeConnection target : targets) {
                target.close();
            }
        }
    }
}
