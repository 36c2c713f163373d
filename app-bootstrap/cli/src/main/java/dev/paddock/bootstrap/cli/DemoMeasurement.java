package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one series of calls.
 *
 * @param latencies how long each call took, in the order in which they were started; at least two
 * @param elapsed how long all of them took
 * @param connectionsOpened how many connections the server accepted meanwhile
 */
record DemoMeasurement(List<Duration> latencies, Duration elapsed, long connectionsOpened) {

    DemoMeasurement {
        latencies = List.copyOf(latencies);
        requireNonNull(elapsed, "elapsed");
    }

    int calls() {
        return latencies.size();
    }

    Duration first() {
        return latencies.getFirst();
    }

    /** Returns the latency that the given share of the calls after the first did not exceed. */
    Duration later(double share) {
        List<Duration> sorted = latencies.stream().skip(1).sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    /** Returns the calls per second. */
    double throughput() {
        return calls() * 1e9 / Math.max(1, elapsed.toNanos());
    }

    /** Returns the share of calls that needed no new connection, 0 to 1. */
    double reuseRatio() {
        return Math.max(0, 1 - (double) connectionsOpened / calls());
    }

    Map<String, Object> toJson() {
        return new JsonObjectBuilder()
                .put("calls", calls())
                .put("connections_opened", connectionsOpened)
                .put("reuse_ratio", Math.round(reuseRatio() * 1e4) / 1e4)
                .putMillis("first_ms", first())
                .putMillis("p50_ms", later(0.5))
                .putMillis("p95_ms", later(0.95))
                .put("throughput", Math.round(throughput() * 10) / 10.0)
                .toMap();
    }
}
