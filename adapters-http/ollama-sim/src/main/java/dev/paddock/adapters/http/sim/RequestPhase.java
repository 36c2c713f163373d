package dev.paddock.adapters.http.sim;

/** How far a request has come. */
enum RequestPhase {
    ARRIVED,
    LOADING,
    QUEUED,
    GENERATING,
    GENERATED;

    /** Whether a client that leaves now cancels work on a model. */
    boolean isWork() {
        return switch (this) {
            case LOADING, QUEUED, GENERATING -> true;
            case ARRIVED, GENERATED -> false;
        };
    }
}
