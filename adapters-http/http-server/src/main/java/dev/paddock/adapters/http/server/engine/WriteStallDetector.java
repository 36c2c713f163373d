package dev.paddock.adapters.http.server.engine;

/** Finds out that a client takes nothing any more of what is sent to it. */
final class WriteStallDetector {

    private final long limitNanos;
    private boolean watching;
    private long least;
    private long since;

    WriteStallDetector(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Forgets what was seen, because nothing waits for the client. */
    void reset() {
        watching = false;
    }

    /** Looks at the number of bytes that wait; tells whether it has not become less for longer than the limit. */
    boolean isStalled(long unsent, long now) {
        if (!watching || unsent < least) {
            watching = true;
            least = unsent;
            since = now;
        }
        return now - since >= limitNanos;
    }
}
