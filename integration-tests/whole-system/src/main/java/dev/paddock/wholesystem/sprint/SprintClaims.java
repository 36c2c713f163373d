package dev.paddock.wholesystem.sprint;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is measured for single claims, beside the loads: connections at two distances, one caller and several, and a limit of requests.
 *
 * @param sprint makes the measurements
 */
record SprintClaims(Sprint sprint) {

    private static final List<Duration> DISTANCES = List.of(Duration.ZERO, Duration.ofMillis(25));
    private static final int SEQUENTIAL = 20;
    private static final String LIMIT_PER_SECOND = "0.5";
    private static final String BURST = "30";

    SprintClaims {
        requireNonNull(sprint, "sprint");
    }

    /** Returns the tables. */
    List<String> tables() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "| a connection costs | callers | mean, unpooled | mean, pooled | saved per question | questions/s, unpooled | pooled | change |",
                "|--:|--:|--:|--:|--:|--:|--:|--:|"));
        for (Duration distance : DISTANCES) {
            for (int callers : List.of(1, sprint.size().callers())) {
                int requests = callers == 1 ? Math.min(SEQUENTIAL, sprint.size().requests()) : sprint.size().requests();
                ModeResult without = sprint.claim(Mode.UNPOOLED, callers, requests, distance, Map.of());
                ModeResult with = sprint.claim(Mode.POOLED, callers, requests, distance, Map.of());
                double saved = value(without, Measure.MEAN) - value(with, Measure.MEAN);
                double change = value(with, Measure.THROUGHPUT) / value(without, Measure.THROUGHPUT) - 1;
                lines.add(String.format(
                        Locale.ROOT, "| %d ms | %d | %.1f ms | %.1f ms | %.1f ms | %.1f | %.1f | %+.0f %% |", distance.toMillis(), callers,
                        value(without, Measure.MEAN), value(with, Measure.MEAN), saved, value(without, Measure.THROUGHPUT),
                        value(with, Measure.THROUGHPUT), 100 * change));
            }
        }
        ModeResult limited = sprint.claim(
                Mode.POOLED, sprint.size().callers(), sprint.size().requests(), Duration.ZERO,
                Map.of(
                        "paddock.gateway.access.requests-per-second", LIMIT_PER_SECOND,
                        "paddock.gateway.access.burst", BURST,
                        "paddock.gateway.access.key-hashes",
                        AccessKey.hashOf(SprintSystem.OPERATOR) + "," + AccessKey.hashOf(SprintSystem.LOAD)));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "With a limit of 30 requests a minute and after a warm-up of %d, %d of %d questions are answered; %.0f %% get 429.",
                sprint.size().warmUp(), limited.whole().successes(), limited.whole().requests(), 100 * value(limited, Measure.ERROR_RATE)));
        return lines;
    }

    private static double value(ModeResult result, Measure measure) {
        return result.whole().values().getOrDefault(measure, 0.0);
    }
}
