package dev.paddock.adapters.http.server.engine;

/**
 * Looks at the limits of time of all connections, a few times a second: a timer for each request would cost more than
 * all the rest of it.
 */
final class ConnectionTimeoutSweeper implements Runnable {

    static final long PERIOD_MILLIS = 100;

    private final HttpServerState state;

    ConnectionTimeoutSweeper(HttpServerState state) {
        this.state = state;
    }

    @Override
    public void run() {
        long now = MutableDeadline.now();
        for (Connection connection : state.connections()) {
            if (connection.isDue(now)) {
                connection.execute(() -> connection.check(now));
            }
        }
    }
}
