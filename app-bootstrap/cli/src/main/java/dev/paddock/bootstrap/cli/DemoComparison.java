package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The same calls made in two ways.
 *
 * @param scenario which calls
 * @param unpooled with a new connection for each call
 * @param pooled through the pool
 */
record DemoComparison(DemoScenario scenario, DemoMeasurement unpooled, DemoMeasurement pooled) {

    DemoComparison {
        requireNonNull(scenario, "scenario");
        requireNonNull(unpooled, "unpooled");
        requireNonNull(pooled, "pooled");
    }

    Map<String, Object> toJson() {
        return new JsonObjectBuilder()
                .put("callers", scenario.callers())
                .putMillis("connection_cost_ms", scenario.connectionCost())
                .put("unpooled", unpooled.toJson())
                .put("pooled", pooled.toJson())
                .toMap();
    }
}
