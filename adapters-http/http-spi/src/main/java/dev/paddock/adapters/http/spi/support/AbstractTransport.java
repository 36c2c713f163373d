package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Base class of transports that give each connection a {@link ConnectionLifecycle}: every event is reported, and the {@link TransportState}
 * knows the connections. Thread-safe.
 */
public abstract class AbstractTransport implements HttpTransport {

    private final TransportState state;

    /** Creates a transport without connections. */
    protected AbstractTransport(TransportState state) {
        this.state = requireNonNull(state, "state");
    }

    /** Returns the calls and connections of this transport. */
    public final TransportState state() {
        return state;
    }

    @Override
    public final Set<ConnectionEvent> reportedEvents() {
        return EnumSet.allOf(ConnectionEvent.class);
    }

    @Override
    public Integer idleConnections() {
        return state.idleConnections();
    }

    @Override
    public void closeIdle(Duration unusedFor) {
        state.closeIdle(unusedFor);
    }

    /** Ends the calls and the connections; a transport that holds more overrides it. */
    @Override
    public void close() {
        state.close();
    }
}
