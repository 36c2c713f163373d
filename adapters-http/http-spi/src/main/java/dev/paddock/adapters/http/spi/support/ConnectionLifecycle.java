package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import java.time.Duration;
import java.util.function.BooleanSupplier;
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
        /** The connection is closed, stale or past its limit; it must be closed. */
        REFUSED
    }

    private final TransportState transport;
    private final Runnable closer;
    private final String id;
    private State state = State.CONNECTING; // guarded by this, as is everything below
    private int calls; // more than one over HTTP/2 only
    private boolean reserved; // one of the calls has not begun yet
    private long openedAt;
    private long idleSince;
    private @Nullable IdleTimeout idleLimit; // present while the connection is idle
    private @Nullable CloseReason closeReason;

    /** Creates the lifecycle of a connection that is about to be opened, and that the HTTP library closes when it is idle. */
    public ConnectionLifecycle(TransportState transport) {
        this(transport, () -> {});
    }

    /**
     * Creates the lifecycle of a connection that is about to be opened.
     *
     * @param closer closes the connection when {@link TransportState#closeIdle} ends it
     */
    public ConnectionLifecycle(TransportState transport, Runnable closer) {
        this.transport = transport;
        this.closer = closer;
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
        transport.add(this);
        openedAt = System.nanoTime();
        calls = 1;
        transport.listener().opened(connectTime);
        transport.listener().leased(false);
        return true;
    }

    /**
     * Reserves an idle connection that is within its limit and not stale, so that nothing else closes it.
     *
     * @param stale finds out whether the server has closed the reserved connection or has sent unasked bytes
     */
    public Reservation reserve(BooleanSupplier stale) {
        Reservation reservation = reserve();
        if (reservation == Reservation.RESERVED && stale.getAsBoolean()) {
            setCloseReason(CloseReason.STALE);
            return Reservation.REFUSED;
        }
        return reservation;
    }

    private synchronized Reservation reserve() {
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
     * Leases a multiplexed connection to one more call, whether others use it or not.
     *
     * @return false if it is closed, or idle and past its limit; it must be closed then
     */
    public synchronized boolean leaseShared() {
        if (idleLimit != null && idleLimit.isOver(idleTime())) {
            closeReason = idleLimit.reason();
            return false;
        }
        if (state == State.OPEN) {
            leaseAgain();
        }
        return state == State.OPEN;
    }

    /**
     * Ends the use by one call. The connection becomes idle if it may be kept and no other call uses it.
     *
     * @param response the header fields of the last response
     * @param reusable whether the request lets the connection be used again
     * @param persistent whether HTTP lets the connection be used again
     * @return how long the connection may be idle: the least of its lifetimes and of the server's {@code Keep-Alive}; null when
     *     it must be closed, for a reason that is set now
     */
    public synchronized @Nullable IdleTimeout release(Headers response, boolean reusable, boolean persistent) {
        IdleTimeout limit = IdleTimeout.of(
                response, transport.settings().lifetimes(), Duration.ofNanos(System.nanoTime() - openedAt));
        calls--;
        if (calls > 0) {
            return limit;
        }
        if (transport.isClosed()) {
            closeReason = CloseReason.SHUTDOWN;
        } else if (!reusable) {
            closeReason = CloseReason.OVERFLOW;
        } else if (!persistent) {
            closeReason = CloseReason.DISCARDED;
        } else if (limit.isOver(Duration.ZERO)) {
            closeReason = limit.reason();
        } else {
            idleLimit = state == State.OPEN ? limit : null;
            idleSince = System.nanoTime();
            return limit;
        }
        return null;
    }

    /** Returns whether the connection is open and unused. */
    public synchronized boolean isIdle() {
        return state == State.OPEN && idleLimit != null;
    }

    /** Returns whether the connection is closed. */
    public synchronized boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Sets the reason to report when the connection is closed; the last one set counts. */
    public synchronized void setCloseReason(CloseReason reason) {
        closeReason = reason;
    }

    /** Closes a connection that was idle for the given time or is past its limit. */
    void closeIfIdle(Duration unusedFor) {
        if (endIfIdle(unusedFor)) {
            closer.run();
        }
    }

    private synchronized boolean endIfIdle(Duration unusedFor) {
        boolean ends = state == State.OPEN
                && idleLimit != null
                && (idleLimit.isOver(idleTime()) || idleTime().compareTo(unusedFor) >= 0);
        if (ends) {
            close();
        }
        return ends;
    }

    /** Reports an open connection as closed; closing again does nothing. */
    public synchronized void close() {
        boolean reported = state == State.OPEN;
        state = State.CLOSED;
        transport.remove(this);
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
