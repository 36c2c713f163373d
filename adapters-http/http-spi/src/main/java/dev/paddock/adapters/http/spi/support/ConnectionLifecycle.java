package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The states of one connection and the events that the transport's listener receives for it: opened, leased, closed, in this
 * order, closed exactly once, and no event for a connection that was never open. Also keeps the idle limit and the reason of
 * closing. A multiplexed connection may serve several calls at once. Thread-safe.
 */
public final class ConnectionLifecycle {

    private enum State {
        CONNECTING,
        OPEN,
        CLOSED
    }

    /** The result of {@link #reserve}. */
    public enum Reservation {
        /** The connection was idle and now belongs to the caller. */
        RESERVED,
        /** The connection is in use already. */
        IN_USE,
        /** The connection is closed or past its limit; it must be closed. */
        REFUSED
    }

    private final TransportState transport;
    private final String id;
    private State state = State.CONNECTING; // guarded by this, as is everything below
    private int calls; // more than one over HTTP/2 only
    private boolean reserved; // one of the calls has not begun yet
    private long openedAt;
    private long idleSince;
    private @Nullable IdleTimeout idleLimit; // present while the connection is idle
    private @Nullable CloseReason closeReason;

    /** Creates the lifecycle of a connection that is about to be opened. */
    public ConnectionLifecycle(TransportState transport) {
        this.transport = transport;
        this.id = transport.nextConnectionId();
    }

    /** Returns the number that names the connection within its transport. */
    public String id() {
        return id;
    }

    /**
     * Reports the connection as opened, and as leased to the call that opened it.
     *
     * @param connectTime the time from the start of the name lookup to the end of the TLS handshake
     * @return false when the connection was closed meanwhile; the call must fail then
     */
    public synchronized boolean open(Duration connectTime) {
        if (state != State.CONNECTING) {
            return false;
        }
        state = State.OPEN;
        openedAt = System.nanoTime();
        calls = 1;
        transport.listener().opened(connectTime);
        transport.listener().leased(false);
        return true;
    }

    /** Reserves an idle connection within its limit, so that {@link #closeIfIdle} no longer closes it. */
    public synchronized Reservation reserve() {
        IdleTimeout limit = idleLimit;
        if (state == State.CLOSED) {
            return Reservation.REFUSED;
        }
        if (limit == null) {
            return Reservation.IN_USE;
        }
        if (limit.isOver(idleTime())) {
            closeReason = limit.reason();
            return Reservation.REFUSED;
        }
        idleLimit = null;
        calls = 1;
        reserved = true;
        return Reservation.RESERVED;
    }

    /** Reports the connection as leased to one more call, reserved or not, unless it was closed meanwhile. */
    public synchronized void leaseAgain() {
        calls += reserved ? 0 : 1;
        reserved = false;
        idleLimit = null;
        if (state == State.OPEN) {
            transport.listener().leased(true);
        }
    }

    /**
     * Returns how long the connection may now be idle: the least of its lifetimes and of the server's {@code Keep-Alive}.
     *
     * @param response the header fields of the last response
     */
    public synchronized IdleTimeout idleLimit(Headers response, ConnectionLifetimes lifetimes) {
        return IdleTimeout.of(response, lifetimes, Duration.ofNanos(System.nanoTime() - openedAt));
    }

    /**
     * Decides after a complete exchange whether the connection must be closed, and why.
     *
     * @param reusable whether the request lets the connection be used again
     * @param persistent whether HTTP lets the connection be used again
     * @param limit what {@link #idleLimit} returned
     * @return the reason, or null when the connection may be kept
     */
    public static @Nullable CloseReason closeReason(boolean reusable, boolean persistent, IdleTimeout limit) {
        if (!reusable) {
            return CloseReason.OVERFLOW;
        }
        if (!persistent) {
            return CloseReason.DISCARDED;
        }
        return limit.isOver(Duration.ZERO) ? limit.reason() : null;
    }

    /** Ends the use by one call; the connection becomes idle when no other call uses it. */
    public synchronized void markIdle(IdleTimeout limit) {
        calls--;
        if (calls == 0 && state == State.OPEN) {
            idleLimit = limit;
            idleSince = System.nanoTime();
        }
    }

    /** Returns whether the connection is open and unused. */
    public synchronized boolean isIdle() {
        return state == State.OPEN && idleLimit != null;
    }

    /** Returns whether more than one call uses the connection. */
    public synchronized boolean isShared() {
        return calls > 1;
    }

    /** Returns whether the connection is closed. */
    public synchronized boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Sets the reason to report when the connection is closed; the last one set counts. */
    public synchronized void setCloseReason(CloseReason reason) {
        closeReason = reason;
    }

    /** Reports a connection closed that was idle for the given time or is past its limit; false for any other. */
    public synchronized boolean closeIfIdle(Duration unusedFor) {
        boolean closes = state == State.OPEN
                && idleLimit != null
                && (idleLimit.isOver(idleTime()) || idleTime().compareTo(unusedFor) >= 0);
        if (closes) {
            close();
        }
        return closes;
    }

    /** Reports an open connection as closed; closing again does nothing. */
    public synchronized void close() {
        boolean reported = state == State.OPEN;
        state = State.CLOSED;
        if (reported) {
            transport.listener().closed(reason());
        }
        idleLimit = null;
    }

    private CloseReason reason() {
        if (closeReason != null) {
            return closeReason;
        }
        if (transport.isClosed()) {
            return CloseReason.SHUTDOWN;
        }
        if (idleLimit == null) {
            // An HTTP library that refuses a reserved connection found it stale by a check of its own.
            return reserved ? CloseReason.STALE : CloseReason.DISCARDED;
        }
        return idleLimit.isOver(idleTime()) ? idleLimit.reason() : CloseReason.IDLE;
    }

    private Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - idleSince);
    }
}
