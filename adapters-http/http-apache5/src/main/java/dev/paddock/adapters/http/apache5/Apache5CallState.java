package dev.paddock.adapters.http.apache5;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.RequestBody;
import java.util.concurrent.Future;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * How far one call has come and whether it was cancelled. It is the library's context of the call, so that it also
 * reaches the code that the library calls. Thread-safe: only the cancellation is written by other threads than the
 * call's own.
 */
final class Apache5CallState extends HttpCoreContext {

    private final Apache5RequestBody body;
    private final CallListener listener;
    private volatile CallPhase phase = CallPhase.LEASE;
    private volatile boolean cancelled;
    private volatile @Nullable Future<?> awaited;
    private @Nullable Apache5Connection connection;
    private boolean connectionReused;
    private long receivedBefore;

    Apache5CallState(RequestBody body, CallListener listener) {
        this.body = new Apache5RequestBody(body, listener::bodyPieceSent);
        this.listener = listener;
    }

    Apache5RequestBody body() {
        return body;
    }

    void enter(CallPhase next) {
        phase = next;
        if (next.compareTo(CallPhase.BODY) < 0) {
            listener.phaseStarted(next);
        }
    }

    CallPhase phase() {
        return phase;
    }

    void use(Apache5Connection used, boolean reused) {
        connection = used;
        connectionReused = reused;
        receivedBefore = used.received();
    }

    /** Names what the call waits for, so that cancelling the call ends the wait. */
    void waitFor(Future<?> future) {
        awaited = future;
        if (cancelled) {
            future.cancel(false);
        }
    }

    /** Returns the connection, or null when there is none yet. */
    @Nullable Apache5Connection connection() {
        return connection;
    }

    /** Returns the connection that the response came over. */
    ConnectionUse connectionUse() {
        Apache5Connection used = requireNonNull(connection, "connection");
        return new ConnectionUse(used.lifecycle().id(), connectionReused);
    }

    void cancel() {
        cancelled = true;
        Future<?> future = awaited;
        if (future != null) {
            future.cancel(false);
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Tells whether the server has ended its side of the connection. */
    boolean isConnectionEnded() {
        return connection != null && connection.isEnded();
    }

    CallProgress progress() {
        boolean responseStarted = connection != null && connection.received() > receivedBefore;
        return new CallProgress(phase, body.written(), body.getContentLength(), responseStarted, connectionReused);
    }
}
