package dev.paddock.domain.pool;

/** Ready-made limits for common situations, by name. */
public enum PoolProfile {
    /** One application with one server: 5 hosts, 10 connections each, fail when full. */
    SINGLE("single", 5, 10, WhenFull.FAIL),
    /** 10 hosts, 20 connections each, fail when full. */
    DEFAULT("default", 10, 20, WhenFull.FAIL),
    /** Many callers at once: 15 hosts, 50 connections each, fail when full. */
    HIGH_CONCURRENCY("high-concurrency", 15, 50, WhenFull.FAIL),
    /** In front of many servers: 20 hosts, 100 connections each, wait when full. */
    LOAD_BALANCER("load-balancer", 20, 100, WhenFull.WAIT);

    private final String label;
    private final int hosts;
    private final int connectionsPerHost;
    private final WhenFull whenFull;

    PoolProfile(String label, int hosts, int connectionsPerHost, WhenFull whenFull) {
        this.label = label;
        this.hosts = hosts;
        this.connectionsPerHost = connectionsPerHost;
        this.whenFull = whenFull;
    }

    /** Returns the name as users write it, for example {@code high-concurrency}. */
    public String label() {
        return label;
    }

    /** Returns the limits of this profile; what it does not name is as in {@link PoolLimits#DEFAULT}. */
    public PoolLimits limits() {
        return PoolLimits.DEFAULT
                .withHosts(hosts)
                .withConnectionsPerHost(connectionsPerHost)
                .withWhenFull(whenFull);
    }
}
