package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransportCall;
import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.HttpViolation;
import dev.paddock.adapters.http.spi.support.ProxyFailureException;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request: started in the thread of its caller, which then waits while one of the JDK's clients continues in its own. */
final class JdkCall extends AbstractTransportCall {

    private static final String UNKNOWN_CONNECTION = "unknown";

    /** {@code HttpResponse.connectionLabel()}, which exists since release 25; null before. */
    private static final @Nullable MethodHandle CONNECTION_LABEL = findConnectionLabel();

    private final JdkTransport transport;
    private final HttpRequest message;
    private final JdkBody body;
    private final AtomicReference<JdkClientPool.@Nullable SharedClient> client = new AtomicReference<>();
    private final @Nullable CompletableFuture<@Nullable Void> tunnel; // complete when it is open
    private volatile @Nullable CompletableFuture<?> exchange;

    JdkCall(JdkTransport transport, TransportRequest request, CallListener listener) {
        super(transport.state(), request, listener);
        this.transport = transport;
        this.message = transport.message(request, new JdkBodyPublisher(this));
        this.body = new JdkBody(this);
        this.tunnel = transport.opensTunnels() ? new CompletableFuture<>() : null;
    }

    /** The client has a connection that serves this call, from now on in the given phase. */
    void connected(CallPhase next) {
        enter(next);
        if (tunnel != null) {
            tunnel.complete(null);
        }
    }

    @Override
    protected AbstractTransportResponse send() throws IOException {
        // The client does not report whether it connects, TLS included, or finds a connection.
        enter(CallPhase.CONNECT);
        transport.lookUpHost(this);
        JdkClientPool.SharedClient leased = transport.clients().lease(request().isConnectionReusable());
        client.set(leased);
        requireRunning();
        CompletableFuture<HttpResponse<JdkBody>> response = begin(leased.client());
        // A dependent future of the client cancels the exchange, too, and stays incomplete when the other has completed.
        exchange = response.handle((received, failure) -> true).thenCompose(ended -> new CompletableFuture<Boolean>());
        String label = awaitLabel(response);
        ResponseHead head = body.head();
        Duration idleLimit = IdleTimeout.keepAliveTimeout(head.headers());
        if (idleLimit != null) {
            transport.clients().limitIdle(leased, idleLimit);
        }
        useConnection(label == null ? UNKNOWN_CONNECTION : label, label != null && leased.useAgain(label));
        return new JdkResponse(this, head, body);
    }

    /** The client looks a name up once more without a time limit, so that must not happen in the caller's thread. */
    private CompletableFuture<HttpResponse<JdkBody>> begin(HttpClient sender) {
        return transport.isNamed()
                ? sender.sendAsync(message, body)
                : TrampolineExecutor.with(() -> sender.sendAsync(message, body));
    }

    /** Waits for the head; returns the label of the connection, or null when the client does not report it. */
    private @Nullable String awaitLabel(CompletableFuture<HttpResponse<JdkBody>> response) {
        cancelOnEnd(response);
        try {
            if (tunnel != null) {
                // The client has no limit for the answer of the proxy.
                Object unused = CompletableFuture.anyOf(tunnel, response).get(transport.openingLimit().toNanos(), TimeUnit.NANOSECONDS);
            }
            HttpResponse<?> received = response.get();
            if (received.statusCode() == ProxyFailureException.AUTHENTICATION_REQUIRED && phase() == CallPhase.CONNECT) {
                throw failed(transport.refusedCredentials());
            }
            return labelOf(received);
        } catch (TimeoutException late) {
            throw failed(new HttpConnectTimeoutException("The proxy has not answered in time"));
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            // The client may find the body malformed before it has handed over the head.
            if (body.failIfStarted(cause)) {
                return null;
            }
            throw failed(tunnel == null ? cause : JdkFailures.inTunnel(cause, phase()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("Interrupted").initCause(interrupted);
        }
    }

    /** Releases the client after the end of the body. */
    void finish() {
        if (complete()) {
            release();
        }
    }

    @Override
    protected void abort() {
        CompletableFuture<?> begun = exchange;
        // Once the client reads a body, its connection may soon serve another call.
        if (!body.cancel() && begun != null) {
            begun.cancel(true);
        }
        release();
    }

    private void release() {
        JdkClientPool.SharedClient leased = client.getAndSet(null);
        if (leased != null) {
            transport.clients().release(leased);
        }
    }

    @Override
    protected TransportFailure classify(Throwable cause) {
        return JdkFailures.classify(cause, this);
    }

    @Override
    protected @Nullable HttpViolation violation(Throwable cause) {
        HttpViolation found = super.violation(cause);
        return found == null ? JdkFailures.violation(cause, phase()) : found;
    }

    private static @Nullable String labelOf(HttpResponse<?> response) {
        if (CONNECTION_LABEL == null) {
            return null;
        }
        try {
            Optional<?> label = (Optional<?>) CONNECTION_LABEL.invoke(response);
            return label.map(Object::toString).orElse(null);
        } catch (Throwable impossible) {
            throw new IllegalStateException("The label of a connection could not be read", impossible);
        }
    }

    private static @Nullable MethodHandle findConnectionLabel() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(HttpResponse.class, "connectionLabel", MethodType.methodType(Optional.class));
        } catch (NoSuchMethodException | IllegalAccessException older) {
            return null;
        }
    }

    /** A response whose body is pulled from the client, one read of the connection at a time. */
    private static final class JdkResponse extends AbstractTransportResponse {

        private final JdkCall call;
        private final JdkBody body;

        /** Creates the response; its body ends when the client says so, which has released the connection by then. */
        JdkResponse(JdkCall call, ResponseHead head, JdkBody body) {
            super(call, head, Headers.UNKNOWN_LENGTH);
            this.call = call;
            this.body = body;
        }

        @Override
        protected int readBody(byte[] buffer, int offset, int length) throws IOException {
            return body.pushed().read(buffer, offset, length);
        }

        @Override
        protected void bodyCompleted() {
            call.finish();
        }

        @Override
        public void close() {
            if (body.hasArrived()) {
                call.finish();
            } else {
                call.cancel();
            }
        }
    }
}
