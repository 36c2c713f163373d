package dev.paddock.adapters.http.sim.recording;

/** Everything the simulator counts. */
public enum Counter {
    CONNECTIONS_ACCEPTED,
    CONNECTIONS_OPEN,
    REQUESTS,
    REQUESTS_WAITING,
    RESPONSES_COMPLETED,
    DISCONNECTS,
    DISCONNECTS_DURING_GENERATION,
    GENERATIONS_STARTED,
    GENERATIONS_COMPLETED,
    TOKENS_SENT,
    LOADS_STARTED,
    LOADS_COMPLETED,
    LOADS_ABORTED,
    MODELS_UNLOADED,
    CONNECTION_CLOSE_HEADERS_SEEN;

    /** Whether it tells how many there are now, which a reset must not change, and not how many there have been. */
    boolean isGauge() {
        return this == CONNECTIONS_OPEN || this == REQUESTS_WAITING;
    }
}
