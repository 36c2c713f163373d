package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.IdleLimit;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request, sent by one of the JDK's clients in the caller's thread: {@code sendAsync} would cost five tasks more, and
 * the caller would be woken by way of the common pool.
 */
final class JdkCall implements TransportCall {

    private static final String UNTOLD = "untold";

    private final JdkTransport transport;
    private final TransportRequest request;
    private final CallState state;
    private final HttpRequest message;
    private final Arrival arrival;
    private final CallerThread caller = new CallerThread();
    private final AtomicBoolean executed = new AtomicBoolean();
    private final AtomicReference<CallEnd> end = new AtomicReference<>(CallEnd.NONE);
    private final AtomicReference<@Nullable SharedClient> client = new AtomicReference<>();

    JdkCall(JdkTransport transport, TransportRequest request, CallListener listener) {
        this.transport = transport;
        this.request = request;
        this.state = new CallState(request.body().length, listener);
        this.message = transport.messages().message(request, new RequestBody(request.body(), state));
        this.arrival = new Arrival(request.method(), state);
    }

    @Override
    public TransportResponse execute() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("the call was executed before");
        }
        try {
            transport.began(this);
            state.connecting();
            caller.await(() -> transport.names().begin().get());
            SharedClient leased = lease();
            return received(leased, send(leased));
        } catch (Exception cause) {
            throw failed(cause);
        }
    }

    /** Returns the name of the connection, or null when it is not told. */
    private @Nullable String send(SharedClient leased) throws Exception {
        try {
            return ConnectionLabels.of(caller.await(() -> leased.client().send(message, arrival)));
        } catch (IOException failed) {
            // What is broken in the body may be found before the client has told of the head.
            if (arrival.breakOff(Failures.causeOf(failed))) {
                return null;
            }
            throw failed;
        }
    }

    private SharedClient lease() {
        SharedClient leased = transport.clients().lease(request.isConnectionReusable());
        client.set(leased);
        if (end.get() != CallEnd.NONE) {
            giveBack();
        }
        requireRunning();
        return leased;
    }

    private TransportResponse received(SharedClient leased, @Nullable String label) throws ProtocolException {
        ResponseHead head = arrival.head();
        Duration idleLimit = IdleLimit.announced(head.headers());
        if (idleLimit != null) {
            transport.clients().limitIdle(leased, idleLimit);
        }
        boolean reused = label != null && leased.useAgain(label);
        state.received(reused);
        return new JdkResponse(this, head, arrival.body(), new ConnectionUse(label == null ? UNTOLD : label, reused));
    }

    @Override
    public void cancel() {
        end(CallEnd.CANCELLED);
    }

    /** Ends the call because the transport is closed. */
    void close() {
        end(CallEnd.CLOSED);
    }

    /** Ends the call after the end of the body: its connection has gone back or is no longer needed. */
    void complete() {
        end(CallEnd.COMPLETE);
    }

    void requireRunning() throws CancellationException {
        CallEnd ended = end.get();
        if (ended == CallEnd.CANCELLED || ended == CallEnd.CLOSED) {
            throw new CancellationException("The call was ended");
        }
    }

    /** Closes the connection and says what the failure was. */
    TransportException failed(Exception cause) {
        TransportException failure = Failures.translate(cause, end.get(), state);
        SharedClient leased = client.get();
        // Of a body, the call itself closes the connection.
        boolean headNotUnderstood =
                failure.failure() == TransportFailure.MALFORMED && state.phase() != CallPhase.BODY;
        if (leased != null && headNotUnderstood) {
            transport.clients().abandon(leased);
        }
        end(CallEnd.FAILED);
        return failure;
    }

    private void end(CallEnd how) {
        if (!end.compareAndSet(CallEnd.NONE, how)) {
            return;
        }
        if (how != CallEnd.COMPLETE) {
            stop();
        }
        giveBack();
        transport.ended(this);
    }

    private void stop() {
        arrival.cancel();
        caller.end();
    }

    private void giveBack() {
        SharedClient leased = client.getAndSet(null);
        if (leased != null) {
            transport.clients().giveBack(leased);
        }
    }
}
