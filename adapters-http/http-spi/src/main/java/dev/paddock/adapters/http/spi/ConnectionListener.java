package dev.paddock.adapters.http.spi;

import dev.paddock.domain.pool.CloseReason;
import java.time.Duration;

/**
 * Receives the connection events of one transport. A transport that cannot observe an event does not report it, and omits it from
 * {@link HttpTransport#reportedEvents()}; it never guesses. Thread-safe, never blocks, never throws.
 */
public interface ConnectionListener {

    /** A connection was opened, which took the given time, host name and TLS included. */
    void opened(Duration connectTime);

    /** An open connection was given to a call; every opened connection is given to the call that opened it. */
    void leased(boolean reused);

    /** An opened connection was closed. */
    void closed(CloseReason reason);
}
