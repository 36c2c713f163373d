package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that holds a permit of the pool from before it connects to the end of its response. */
final class PooledCall implements TransportCall {

    private final EndpointConnections connections;
    private final TransportRequest request;
    private final PhaseTimeout timeout;
    private final Consumer<PooledCall> whenEnded;
    private final Cancellation cancellation = Cancellation.create();
    private final AtomicBoolean executed = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean closing;
    private volatile ConnectionPermits.@Nullable Permit permit;

    PooledCall(
            EndpointConnections connections,
            TransportRequest request,
            PhaseTimeout timeout,
            Consumer<PooledCall> whenEnded) {
        this.connections = connections;
        this.request = request;
        this.timeout = timeout;
        this.whenEnded = whenEnded;
    }

    @Override
    public TransportResponse execute() {
        start();
        return answer(() -> permitted(connections.acquire(cancellation, timeout)).execute());
    }

    @Override
    public void begin(Consumer<Settled<TransportResponse>> end) {
        Settled.begin(end, () -> {
            start();
            connections.acquire(cancellation, timeout, request.eventLoop(), acquired -> begin(acquired, end));
        });
    }

    private void begin(Settled<ConnectionPermits.Permit> acquired, Consumer<Settled<TransportResponse>> end) {
        Settled<TransportCall> call = Settled.by(() -> permitted(acquired.get()));
        if (call.isValue()) {
            call.get().begin(executed -> end.accept(Settled.by(() -> answer(executed::get))));
        } else {
            end.accept(Settled.by(() -> answer(() -> call.get().execute())));
        }
    }

    private void start() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("a call is executed once");
        }
        connections.sweeper().add(timeout);
        timeout.onExpiry(this::cancel);
    }

    private TransportResponse answer(Supplier<TransportResponse> execution) {
        try {
            TransportResponse response = execution.get();
            connections.connectionUsed();
            timeout.headReceived();
            return new PooledResponse(this, response);
        } catch (TransportException failure) {
            if (failure.progress().phase().compareTo(CallPhase.TLS) > 0) {
                connections.connectionUsed();
            }
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

    /** Releases the permit; the transport has released or closed the connection before. */
    void end() {
        ConnectionPermits.Permit held = permit;
        if (held != null) {
            held.release();
        }
        // Each time: a call that was cancelled before its execution is watched only after its first end.
        connections.sweeper().remove(timeout);
        if (ended.compareAndSet(false, true)) {
            whenEnded.accept(this);
        }
    }

    /** Replaces a cancellation by its reason when the pool cancelled the call. */
    TransportException translate(TransportException failure) {
        if (failure.failure() != TransportFailure.CANCELLED) {
            return failure;
        }
        CallPhase expired = timeout.expired();
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

    /** Returns the call of the transport that has a permit. */
    private TransportCall permitted(ConnectionPermits.Permit acquired) {
        permit = acquired;
        TransportCall call = connections.newCall(acquired.isOverflow() ? request.withoutConnectionReuse() : request, timeout);
        // The registration outlives this method on purpose: the response is cancelled by it too.
        cancellation.onCancel(call::cancel);
        return call;
    }

    /** A response at whose end the permit of its call goes back to the pool. */
    private static final class PooledResponse implements TransportResponse {

        private final PooledCall call;
        private final TransportResponse delegate;

        PooledResponse(PooledCall call, TransportResponse delegate) {
            this.call = call;
            this.delegate = delegate;
        }

        @Override
        public int status() {
            return delegate.status();
        }

        @Override
        public Headers headers() {
            return delegate.headers();
        }

        @Override
        public String protocol() {
            return delegate.protocol();
        }

        @Override
        public ConnectionUse connection() {
            return delegate.connection();
        }

        @Override
        public boolean isReadable() {
            return delegate.isReadable();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                int count = delegate.read(buffer, offset, length);
                if (count < 0) {
                    call.end();
                }
                return count;
            } catch (TransportException failure) {
                delegate.close();
                call.end();
                throw call.translate(failure);
            }
        }

        @Override
        public void forward(BodyReceiver receiver, ForwardEnd end) {
            CancellableReceiver cancellable = new CancellableReceiver(receiver, call.cancellation);
            Runnable forwarding = () -> delegate.forward(cancellable, failure -> end.ended(forwarded(failure)));
            if (receiver.isReady()) {
                forwarding.run();
            } else if (WaitingThread.isCurrent()) {
                cancellable.awaitReady();
                forwarding.run();
            } else {
                cancellable.whenReady(() -> WaitingThread.run(forwarding));
            }
        }

        private @Nullable Throwable forwarded(@Nullable Throwable failure) {
            if (failure == null) {
                call.end();
                return null;
            }
            close();
            return failure instanceof TransportException broken ? call.translate(broken) : failure;
        }

        @Override
        public void close() {
            try {
                delegate.close();
            } finally {
                call.end();
            }
        }
    }

    /** A receiver that a cancellation resumes, so that a transport that waits for it finds out that its call has ended. */
    private record CancellableReceiver(BodyReceiver receiver, Cancellation cancellation) implements BodyReceiver {

        @Override
        public boolean isReady() {
            return receiver.isReady() || cancellation.isCancelled();
        }

        @Override
        public boolean receive(byte[] buffer, int offset, int length) {
            return receiver.receive(buffer, offset, length);
        }

        @Override
        public void flush() {
            receiver.flush();
        }

        @Override
        public void whenReady(Runnable resume) {
            AtomicBoolean resumed = new AtomicBoolean();
            Runnable once = () -> {
                if (resumed.compareAndSet(false, true)) {
                    resume.run();
                }
            };
            Cancellation.Registration registration = cancellation.onCancel(once);
            receiver.whenReady(() -> {
                registration.close();
                once.run();
            });
        }
    }
}
