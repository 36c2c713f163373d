package dev.paddock.bootstrap.config;

/** A key that can be set; {@code reference.conf} says what each one means. */
enum SettingKey {
    BASE_URL("base-url"),
    API_KEY("api-key"),
    DIALECT("dialect"),
    TRANSPORT("transport"),
    POOL_PROFILE("pool.profile"),
    POOL_HOSTS("pool.hosts"),
    POOL_CONNECTIONS_PER_HOST("pool.connections-per-host"),
    POOL_WHEN_FULL("pool.when-full"),
    POOL_LEASE_TIMEOUT("pool.lease-timeout"),
    POOL_IDLE_LIFETIME("pool.idle-lifetime"),
    POOL_TOTAL_LIFETIME("pool.total-lifetime"),
    TIMEOUTS_CONNECT("timeouts.connect"),
    TIMEOUTS_TLS("timeouts.tls"),
    TIMEOUTS_SEND("timeouts.send"),
    TIMEOUTS_HEAD("timeouts.head"),
    TIMEOUTS_LOOKUP("timeouts.lookup"),
    TIMEOUTS_FRAME_GAP("timeouts.frame-gap"),
    TIMEOUTS_READ("timeouts.read"),
    TIMEOUTS_CALL("timeouts.call"),
    RETRY_MAX_RETRIES("retry.max-retries"),
    RETRY_BACKOFF("retry.backoff"),
    RETRY_JITTER("retry.jitter"),
    RETRY_LONGEST_WAIT("retry.longest-wait"),
    RETRY_GENERATIONS("retry.generations"),
    RETRY_BUDGET_PER_CALL("retry-budget.per-call"),
    RETRY_BUDGET_PER_SECOND("retry-budget.per-second"),
    RETRY_BUDGET_BURST("retry-budget.burst"),
    RETRY_BUDGET_CONCURRENT_SHARE("retry-budget.concurrent-share"),
    RETRY_BUDGET_CONCURRENT_FLOOR("retry-budget.concurrent-floor"),
    CIRCUIT_CONSECUTIVE_FAILURES("circuit.consecutive-failures"),
    CIRCUIT_FAILURE_PERCENT("circuit.failure-percent"),
    CIRCUIT_FEWEST_CALLS("circuit.fewest-calls"),
    CIRCUIT_WINDOW("circuit.window"),
    CIRCUIT_OPEN_FOR("circuit.open-for"),
    CIRCUIT_LONGEST_OPEN("circuit.longest-open"),
    CALLS_AT_ONCE("calls-at-once"),
    RESPONSES_LONGEST_FRAME("responses.longest-frame"),
    METRICS_JMX("metrics.jmx"),
    GATEWAY_HOST("gateway.host"),
    GATEWAY_PORT("gateway.port"),
    GATEWAY_DRAIN("gateway.drain"),
    GATEWAY_ADMIN("gateway.admin"),
    GATEWAY_ALLOWED_HOSTS("gateway.access.hosts"),
    GATEWAY_ALLOWED_ORIGINS("gateway.access.origins"),
    GATEWAY_KEY_HASHES("gateway.access.key-hashes"),
    GATEWAY_RATE("gateway.access.requests-per-second"),
    GATEWAY_BURST("gateway.access.burst"),
    GATEWAY_CONNECTIONS("gateway.limits.connections"),
    GATEWAY_TARGET("gateway.limits.target"),
    GATEWAY_HEAD("gateway.limits.head"),
    GATEWAY_FIELDS("gateway.limits.fields"),
    GATEWAY_BODY("gateway.limits.body"),
    GATEWAY_BODIES("gateway.limits.bodies"),
    GATEWAY_UPLOAD("gateway.limits.upload"),
    GATEWAY_HEAD_TIME("gateway.limits.head-time"),
    GATEWAY_BODY_TIME("gateway.limits.body-time"),
    GATEWAY_IDLE_TIME("gateway.limits.idle-time"),
    GATEWAY_WRITE_TIME("gateway.limits.write-time"),
    GATEWAY_KEY_STORE("gateway.tls.key-store"),
    GATEWAY_KEY_STORE_PASSWORD("gateway.tls.password");

    /** The group that all keys are in. */
    static final String ROOT = "paddock";

    private final String path;

    SettingKey(String path) {
        this.path = ROOT + "." + path;
    }

    /** Returns the key as users write it, for example {@code paddock.pool.hosts}. */
    String path() {
        return path;
    }
}
