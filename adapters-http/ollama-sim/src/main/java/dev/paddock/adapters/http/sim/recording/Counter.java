package dev.paddock.adapters.http.sim.recording;

/** Everything the simulator counts; {@link SimulatorCounters} defines each. */
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

    /** Whether this is a current number, which a reset must not change, and not a sum since the start. */
    boolean isGauge() {
        return this == CONNECTIONS_OPEN || this == REQUESTS_WAITING;
    }
}
