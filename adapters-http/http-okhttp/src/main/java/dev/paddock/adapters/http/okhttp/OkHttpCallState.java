package dev.paddock.adapters.http.okhttp;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.RequestBody;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * How far one call has come and whether it was cancelled. Written by the call's own thread, but for the cancellation, which
 * comes from any.
 */
final class OkHttpCallState {

    private final OpenConnections connections;
    private final OkHttpRequestBody body;
    private final CallListener listener;
    private final ConnectDeadline connecting;
    private final Lock lock = new ReentrantLock();
    private boolean ended; // guarded by lock; what becomes of the connection is no longer this call's affair
    private volatile boolean cancelled;
    private volatile @Nullable FutureTask<?> awaited;
    private volatile @Nullable OkHttpConnection opening;
    private volatile CallPhase phase = CallPhase.LEASE;
    private @Nullable OkHttpConnection connection;
    private boolean connectionReused;
    private long receivedBefore;

    /**
     * Creates the state of a call that has not begun.
     *
     * @param body the body of its request
     * @param connectTimeout how long connecting may take, if it has to connect
     */
    OkHttpCallState(OpenConnections connections, RequestBody body, CallListener listener, Duration connectTimeout) {
        this.connections = connections;
        this.body = new OkHttpRequestBody(body, this);
        this.listener = listener;
        this.connecting = new ConnectDeadline(connectTimeout);
    }

    OkHttpRequestBody body() {
        return body;
    }

    ConnectDeadline connectDeadline() {
        return connecting;
    }

    void enter(CallPhase next) {
        if (next == phase) {
            return;
        }
        phase = next;
        if (next.compareTo(CallPhase.BODY) < 0) {
            listener.phaseStarted(next);
        }
    }

    /** Goes back to what failed, for the report of it; the limits of time are not affected. */
    void fallBack(CallPhase failed) {
        phase = failed;
    }

    CallPhase phase() {
        return phase;
    }

    void bodyPieceSent() {
        listener.bodyPieceSent();
    }

    /** Names what the call waits for, so that its end ends the wait. */
    void waitFor(FutureTask<?> lookup) {
        awaited = lookup;
        connections.addLookup(lookup);
        if (cancelled) {
            lookup.cancel(false);
        }
    }

    void waitForNothing(FutureTask<?> lookup) {
        awaited = null;
        connections.removeLookup(lookup);
    }

    /** Takes a connection that is about to be opened. */
    void open(OkHttpConnection candidate) {
        opening = candidate;
        if (cancelled) {
            candidate.abort();
        }
    }

    /** Takes the connection that the request will go over: the one that was just opened, or one that was open before. */
    void use(OkHttpConnection acquired) {
        connectionReused = acquired != opening;
        if (connectionReused) {
            acquired.lifecycle().leaseAgain();
        } else {
            acquired.lifecycle().open(connecting.elapsed());
        }
        connection = acquired;
        receivedBefore = acquired.received();
        opening = null;
    }

    boolean isMultiplexed() {
        return connection != null && connection.isMultiplexed();
    }

    /** Returns the connection, or null when there is none yet. */
    @Nullable OkHttpConnection connection() {
        return connection;
    }

    /** Returns the connection that the response came over. */
    ConnectionUse connectionUse() {
        OkHttpConnection used = requireNonNull(connection, "connection");
        return new ConnectionUse(used.lifecycle().id(), connectionReused);
    }

    /**
     * Ends the call's responsibility for its connection, which the library will give to other calls from now on; false if it
     * has ended before.
     */
    boolean end() {
        lock.lock();
        try {
            boolean first = !ended;
            ended = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the call's wait, whatever for, and closes its connection. The lock keeps a late cancellation from closing a
     * connection that has gone on to another call.
     */
    void cancel(Call call) {
        cancelled = true;
        FutureTask<?> lookup = awaited;
        if (lookup != null) {
            lookup.cancel(false);
        }
        lock.lock();
        try {
            if (!ended) {
                call.cancel();
                abortOpening();
            }
        } finally {
            lock.unlock();
        }
    }

    private void abortOpening() {
        OkHttpConnection candidate = opening;
        if (candidate != null) {
            candidate.abort();
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    void requireRunning() throws SocketException {
        if (cancelled || connections.isClosed()) {
            throw new SocketException("Socket closed");
        }
    }

    CallProgress progress() {
        boolean responseStarted = phase == CallPhase.BODY
                || (connection != null && connection.received() > receivedBefore);
        return new CallProgress(phase, body.written(), body.contentLength(), responseStarted, connectionReused);
    }
}
