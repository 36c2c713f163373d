package dev.paddock.bootstrap.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The measurement of one series of calls.
 *
 * @param latencies the latency of each call, in the order in which they started; at least two
 * @param elapsed the duration of the series
 * @param connectionsOpened the connections that the server accepted during the series
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

    /** Returns a quantile, 0 to 1, of the latency of the calls after the first. */
    Duration later(double quantile) {
        List<Duration> sorted = latencies.stream().skip(1).sorted().toList();
        int rank = (int) Math.ceil(quantile * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    /** Returns the calls per second. */
    double throughput() {
        return calls() * 1e9 / Math.max(1, elapsed.toNanos());
    }

    /** Returns the fraction of calls that needed no new connection, 0 to 1. */
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
