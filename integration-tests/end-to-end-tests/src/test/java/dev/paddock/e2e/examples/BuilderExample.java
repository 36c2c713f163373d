package dev.paddock.e2e.examples;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.metrics.MetricsPort;

/** The example for the builder in the README: each method would be a bean. */
final class BuilderExample {

    Paddock paddock(String server, MetricsPort metrics) { // one for each server; its destroy method is close
        return Paddock.builder()
                .set("paddock.base-url", server)
                .set("paddock.pool.profile", "high-concurrency")
                .metrics(metrics)
                .build();
    }

    LlmPort llm(Paddock paddock) {
        return paddock.llm();
    }
}
