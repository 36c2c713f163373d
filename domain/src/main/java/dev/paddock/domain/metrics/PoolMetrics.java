package dev.paddock.domain.metrics;

/** What is measured of the connection pool; every metric is per endpoint. */
public final class PoolMetrics {

    /** Connections in use by calls. */
    public static final Metric LEASED =
            Metric.of("paddock.pool.leased", "connections", "Connections in use by calls.", "endpoint");

    /** Open connections waiting for a call. */
    public static final Metric IDLE =
            Metric.of("paddock.pool.idle", "connections", "Open connections waiting for a call.", "endpoint");

    /** Calls waiting for a connection. */
    public static final Metric PENDING =
            Metric.of("paddock.pool.pending", "calls", "Calls waiting for a connection.", "endpoint");

    /** The number of connections that may be in use at once. */
    public static final Metric LIMIT = Metric.of(
            "paddock.pool.limit", "connections", "Connections that may be in use at once.", "endpoint");

    /** Connections opened. */
    public static final Metric CREATED =
            Metric.of("paddock.pool.created", "connections", "Connections opened.", "endpoint");

    /**
     * Connections given to calls, by whether they had served before ({@code new} or {@code reused}; {@code unknown}
     * where the transport does not report it).
     */
    public static final Metric LEASES =
            Metric.of("paddock.pool.leases", "leases", "Connections given to calls.", "endpoint", "connection");

    /** Connections closed, by reason. */
    public static final Metric CLOSED =
            Metric.of("paddock.pool.closed", "connections", "Connections closed.", "endpoint", "reason");

    /** Calls that found every connection in use. */
    public static final Metric EXHAUSTED = Metric.of(
            "paddock.pool.exhausted", "calls", "Calls that found every connection in use.", "endpoint");

    /** Time a call waited until the pool let it have a connection. */
    public static final Metric ACQUIRE = Metric.of(
            "paddock.pool.acquire", "seconds", "Time a call waited to be given a connection.", "endpoint");

    /** Time to open a connection: host name, TCP and TLS together. */
    public static final Metric CONNECT =
            Metric.of("paddock.pool.connect", "seconds", "Time to open a connection.", "endpoint");

    private PoolMetrics() {}
}
