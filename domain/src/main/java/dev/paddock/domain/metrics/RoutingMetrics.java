package dev.paddock.domain.metrics;

/** What is measured of the choice among several servers. */
public final class RoutingMetrics {

    /** Calls that a server was chosen for, by what it had to do first. */
    public static final Metric PICKS = Metric.of(
            "paddock.routing.picks", "calls", "Attempts sent to a server, by what it had to do first.", "backend", "placement");

    /** Attempts that another server had to take, by the server that did not answer. */
    public static final Metric FAILOVERS = Metric.of(
            "paddock.routing.failovers", "attempts", "Attempts that went on to another server, by the one that did not answer.", "backend");

    /** Times that a server was ejected. */
    public static final Metric EJECTIONS =
            Metric.of("paddock.routing.ejections", "ejections", "Times that a server was ejected.", "backend");

    /** Whether a server gets calls: 0 yes, 1 it does not answer, 2 ejected, 3 drained. */
    public static final Metric STATE = Metric.of(
            "paddock.routing.state", "state", "0 active, 1 unreachable, 2 ejected, 3 drained.", "backend");

    /** Names of models that stand for different models on different servers. */
    public static final Metric DIGEST_CONFLICTS = Metric.of(
            "paddock.routing.conflicts", "models", "Names of models whose digests differ between servers.");

    private RoutingMetrics() {}
}
