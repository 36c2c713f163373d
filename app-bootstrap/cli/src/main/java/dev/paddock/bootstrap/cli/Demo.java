package dev.paddock.bootstrap.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Compares calls with a new connection each and calls through the pool, against a simulated server. */
final class Demo {

    private static final int WARM_UP_CALLS = 30;

    private final List<DemoScenario> scenarios;

    /** Creates the comparison for the given scenarios. */
    Demo(List<DemoScenario> scenarios) {
        this.scenarios = List.copyOf(scenarios);
    }

    List<DemoComparison> run() {
        warmUp();
        List<DemoComparison> comparisons = new ArrayList<>();
        for (DemoScenario scenario : scenarios) {
            try (DemoServer server = DemoServer.start(scenario)) {
                comparisons.add(new DemoComparison(
                        scenario, server.measureUnpooled(), server.measurePooled()));
            }
        }
        return comparisons;
    }

    // So that whatever comes first does not pay for the loading of classes.
    private void warmUp() {
        for (int callers : List.of(1, 4)) {
            DemoScenario scenario = new DemoScenario(
                    WARM_UP_CALLS, callers, Duration.ZERO, scenarios.getFirst().transport());
            try (DemoServer server = DemoServer.start(scenario)) {
                server.measureUnpooled();
                server.measurePooled();
            }
        }
    }
}
