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
    private final Consumer<PooledCall> whenEnded;
    private final Cancellation cancellation = Cancellation.create();
    private final AtomicBoolean executed = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean closing;
    private volatile @Nullable Permit permit;

    PooledCall(EndpointConnections connections, TransportRequest request, Consumer<PooledCall> whenEnded) {
        this.connections = connections;
        this.request = request;
        this.whenEnded = whenEnded;
    }

    @Override
    public TransportResponse execute() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("a call is executed once");
        }
        try {
            return new PooledResponse(this, send());
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
        Permit held = permit;
        if (held != null) {
            held.release();
        }
        if (ended.compareAndSet(false, true)) {
            whenEnded.accept(this);
        }
    }

    TransportException translate(TransportException failure) {
        if (closing && failure.failure() == TransportFailure.CANCELLED) {
            return closed(failure.progress(), failure);
        }
        return failure;
    }

    static TransportException closed(CallProgress progress, @Nullable Throwable cause) {
        return new TransportException(TransportFailure.CLOSED, progress, "the client was closed", cause);
    }

    private TransportResponse send() {
        Permit acquired = connections.acquire(cancellation);
        permit = acquired;
        TransportCall call = connections.newCall(acquired.isOverflow() ? request.closingConnection() : request);
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
