package dev.paddock.benchmarks.pooling;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured.
 *
 * @param link what lies between client and server
 * @param secure whether TLS is spoken
 * @param modelLatency how long the model takes for an answer, zero or more
 */
record PoolingScenario(SimulatedLink link, boolean secure, Duration modelLatency) {

    private static final List<Duration> COSTS = List.of(Duration.ZERO, Duration.ofMillis(25), Duration.ofMillis(50));
    private static final List<Duration> THINKING = List.of(Duration.ZERO, Duration.ofMillis(50));

    PoolingScenario {
        requireNonNull(link, "link");
        requireNonNull(modelLatency, "modelLatency");
    }

    /** Returns all settings, in the order of the tables. */
    static List<PoolingScenario> all() {
        List<PoolingScenario> settings = new ArrayList<>();
        for (boolean secure : new boolean[] {false, true}) {
            for (Duration cost : COSTS) {
                THINKING.forEach(modelLatency -> settings.add(new PoolingScenario(SimulatedLink.network(cost), secure, modelLatency)));
            }
        }
        COSTS.stream().filter(Duration::isPositive).forEach(cost -> THINKING.forEach(
                modelLatency -> settings.add(new PoolingScenario(SimulatedLink.costlyOpening(cost), false, modelLatency))));
        return List.copyOf(settings);
    }

    /** Returns whether nothing but computing takes time; many more calls are needed then, and are quick. */
    boolean waitsForNothing() {
        return link.opening().isZero() && modelLatency.isZero();
    }

    String protocol() {
        return secure ? "TLS" : "plain";
    }

    /** Returns this setting in words, for a sentence. */
    String describe() {
        return protocol() + " " + link.opening().toMillis() + " ms, model " + modelLatency.toMillis() + " ms"
                + (link.oneWay().equals(link.opening().dividedBy(2)) ? "" : ", " + link.name());
    }
}
