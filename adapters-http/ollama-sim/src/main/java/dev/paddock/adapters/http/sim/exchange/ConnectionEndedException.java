package dev.paddock.adapters.http.sim.exchange;

import java.io.Serial;

/** The connection ended while its request was handled: nothing can be answered any more. */
public final class ConnectionEndedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean byClient;

    ConnectionEndedException(boolean byClient) {
        super("connection ended", null, false, false);
        this.byClient = byClient;
    }

    /** Whether the client disconnected; otherwise a fault closed the connection. */
    public boolean byClient() {
        return byClient;
    }
}
