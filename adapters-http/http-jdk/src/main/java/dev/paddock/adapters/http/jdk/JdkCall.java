package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request: begun in the thread of its caller, which then waits while one of the JDK's clients goes on in its own. */
final class JdkCall implements TransportCall {

    private static final String UNTOLD = "untold";

    private final JdkTransport transport;
    private final TransportRequest request;
    private final JdkCallState state;
    private final HttpRequest message;
    private final JdkBodyHandler arrival;
    private final AtomicBoolean executed = new AtomicBoolean();
    private final AtomicReference<CallOutcome> end = new AtomicReference<>(CallOutcome.NONE);
    private final AtomicReference<@Nullable SharedClient> client = new AtomicReference<>();
    private volatile @Nullable CompletableFuture<?> awaited;
    private volatile @Nullable CompletableFuture<?> exchange;

    JdkCall(JdkTransport transport, TransportRequest request, CallListener listener) {
        this.transport = transport;
        this.request = request;
        this.state = new JdkCallState(request.body().length(), listener);
        this.message = transport.messages().message(request, new JdkBodyPublisher(request.body(), state));
        this.arrival = new JdkBodyHandler(request.method(), state);
    }

    @Override
    public TransportResponse execute() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("the call was executed before");
        }
        try {
            transport.began(this);
            return send();
        } catch (IOException | ExecutionException | RuntimeException cause) {
            throw failed(cause);
        }
    }

    private TransportResponse send() throws IOException, ExecutionException {
        requireRunning();
        state.connecting();
        await(transport.names().begin());
        SharedClient leased = lease();
        CompletableFuture<HttpResponse<JdkBodySubscriber>> head = begin(leased.client());
        // What depends on a future of the client can be cancelled as well, and this does not end when the other has.
        exchange = head.handle((response, failure) -> true).thenCompose(ended -> new CompletableFuture<Boolean>());
        String label = awaitHead(head);
        return received(arrival.head(), label, leased);
    }

    /** The client looks a name up once more, which nothing ends, so that the caller's thread is not to do it. */
    private CompletableFuture<HttpResponse<JdkBodySubscriber>> begin(HttpClient sender) {
        return transport.names().isNeeded()
                ? sender.sendAsync(message, arrival)
                : TrampolineExecutor.with(() -> sender.sendAsync(message, arrival));
    }

    /** Returns the name of the connection, or null when it is not told. */
    private @Nullable String awaitHead(CompletableFuture<HttpResponse<JdkBodySubscriber>> head) throws ExecutionException {
        try {
            return ConnectionLabels.of(await(head));
        } catch (ExecutionException failed) {
            // What is broken in the body may be found before the client has told of the head.
            if (arrival.breakOff(JdkFailureTranslator.causeOf(failed))) {
                return null;
            }
            throw failed;
        }
    }

    private SharedClient lease() {
        SharedClient leased = transport.clients().lease(request.isConnectionReusable());
        client.set(leased);
        if (end.get() != CallOutcome.NONE) {
            release();
        }
        requireRunning();
        return leased;
    }

    /** Waits for one of the client's steps; to interrupt the thread is to end the call. */
    private <T> T await(CompletableFuture<T> future) throws ExecutionException {
        awaited = future;
        if (end.get() != CallOutcome.NONE) {
            stop();
        }
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("Interrupted").initCause(interrupted);
        }
    }

    private TransportResponse received(JdkResponseHead head, @Nullable String label, SharedClient leased) {
        Duration idleLimit = IdleTimeout.keepAliveTimeout(head.headers());
        if (idleLimit != null) {
            transport.clients().limitIdle(leased, idleLimit);
        }
        boolean reused = label != null && leased.useAgain(label);
        state.received(reused);
        return new JdkResponse(this, head, arrival.body(), new ConnectionUse(label == null ? UNTOLD : label, reused));
    }

    @Override
    public void cancel() {
        end(CallOutcome.CANCELLED);
    }

    /** Ends the call because the transport is closed. */
    void close() {
        end(CallOutcome.CLOSED);
    }

    /** Ends the call after the end of the body: its connection has gone back or is no longer needed. */
    void complete() {
        end(CallOutcome.COMPLETE);
    }

    void requireRunning() throws CancellationException {
        CallOutcome ended = end.get();
        if (ended == CallOutcome.CANCELLED || ended == CallOutcome.CLOSED) {
            throw new CancellationException("The call was ended");
        }
    }

    /** Closes the connection and says what the failure was. */
    TransportException failed(Exception cause) {
        TransportException failure = JdkFailureTranslator.translate(cause, end.get(), state);
        end(CallOutcome.FAILED);
        return failure;
    }

    private void end(CallOutcome how) {
        if (!end.compareAndSet(CallOutcome.NONE, how)) {
            return;
        }
        if (how != CallOutcome.COMPLETE) {
            stop();
        }
        release();
        transport.ended(this);
    }

    private void stop() {
        CompletableFuture<?> waitedFor = awaited;
        if (waitedFor != null) {
            waitedFor.cancel(true);
        }
        CompletableFuture<?> begun = exchange;
        // Once the client reads a body, its connection may soon serve another call.
        if (!arrival.cancel() && begun != null) {
            begun.cancel(true);
        }
    }

    private void release() {
        SharedClient leased = client.getAndSet(null);
        if (leased != null) {
            transport.clients().release(leased);
        }
    }
}
