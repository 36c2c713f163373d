package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Cancellation;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A call that holds a permit of the pool from before it connects until its response has ended. */
final class PooledCall implements TransportCall {

    private final EndpointConnections connections;
    private final TransportRequest request;
    private final PhaseTimeout watch;
    private final Consumer<PooledCall> whenEnded;
    private final Cancellation cancellation = Cancellation.create();
    private final AtomicBoolean executed = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean closing;
    private volatile ConnectionPermits.@Nullable Permit permit;

    PooledCall(
            EndpointConnections connections,
            TransportRequest request,
            PhaseTimeout watch,
            Consumer<PooledCall> whenEnded) {
        this.connections = connections;
        this.request = request;
        this.watch = watch;
        this.whenEnded = whenEnded;
    }

    @Override
    public TransportResponse execute() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("a call is executed once");
        }
        try {
            connections.watches().add(watch);
            watch.onExpiry(this::cancel);
            TransportResponse response = send();
            watch.stop();
            return new PooledResponse(this, response);
        } catch (TransportException failure) {
            end();
            throw translate(failure);
        } catch (RuntimeException | Error defect) {
            cancel();
            throw defect;
        }
    }

    @Override
    public void cancel() {
        cancellation.cancel();
        end();
    }

    /** Cancels because the client is closing. */
    void close() {
        closing = true;
        cancel();
    }

    /** Gives the permit back; the transport has given back or closed the connection before. */
    void end() {
        ConnectionPermits.Permit held = permit;
        if (held != null) {
            held.release();
        }
        // Each time: a call that was cancelled before its execution is watched only after its first end.
        connections.watches().remove(watch);
        if (ended.compareAndSet(false, true)) {
            whenEnded.accept(this);
        }
    }

    PhaseTimeout timeout() {
        return watch;
    }

    /** Says why a call was cancelled that nobody but the pool cancelled. */
    TransportException translate(TransportException failure) {
        if (failure.failure() != TransportFailure.CANCELLED) {
            return failure;
        }
        CallPhase expired = watch.expired();
        if (expired != null) {
            return outOfTime(expired, failure);
        }
        return closing ? closed(failure.progress(), failure) : failure;
    }

    private static TransportException outOfTime(CallPhase expired, TransportException cancelled) {
        String message = expired.description() + " took too long";
        return expired == CallPhase.CALL
                ? new TransportException(TransportFailure.DEADLINE, cancelled.progress(), message, cancelled)
                : new TransportException(
                        TransportFailure.TIMEOUT, cancelled.progress().withPhase(expired), message, cancelled);
    }

    static TransportException closed(CallProgress progress, @Nullable Throwable cause) {
        return new TransportException(TransportFailure.CLOSED, progress, "the client was closed", cause);
    }

    private TransportResponse send() {
        ConnectionPermits.Permit acquired = connections.acquire(cancellation, watch);
        permit = acquired;
        TransportCall call = connections.newCall(acquired.isOverflow() ? request.withoutConnectionReuse() : request, watch);
        // The registration outlives this method on purpose: the response is cancelled by it too.
        cancellation.onCancel(call::cancel);
        try {
            TransportResponse response = call.execute();
            connections.connectionUsed();
            return response;
        } catch (TransportException failure) {
            if (failure.progress().phase().compareTo(CallPhase.TLS) > 0) {
                connections.connectionUsed();
            }
            throw failure;
        }
    }
}
