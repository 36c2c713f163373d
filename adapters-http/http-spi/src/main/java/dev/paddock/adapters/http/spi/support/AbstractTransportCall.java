package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.BodyPieces;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Base class of transport calls: it executes once, ends exactly once, tracks progress, and types failures. A subclass sends the
 * request in {@link #send()}, closes the connection in {@link #abort()}, and maps its library's exceptions in {@link #classify}.
 *
 * <p>The first of completion, failure, cancellation and the closing of the transport decides the outcome. A connection goes back
 * to the library's pool only when {@link #complete()} returned true, so a late cancellation never reaches the connection's next
 * call. Progress is written by one thread at a time; cancellation and closing come from any thread.
 */
public abstract class AbstractTransportCall implements TransportCall {

    /** The methods that anticipate a body, so that its absence is announced (RFC 9110, section 8.6). */
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private enum Outcome { NONE, COMPLETE, FAILED, CANCELLED, CLOSED }

    /** Takes one piece of a request body; the array is not to be changed. */
    @FunctionalInterface
    public interface PieceSink {

        /** Writes a piece to the connection. */
        void write(byte[] array, int offset, int length) throws IOException;
    }

    private final TransportState transport;
    private final TransportRequest request;
    private final CallListener listener;
    private final AtomicBoolean executed = new AtomicBoolean();
    private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.NONE);
    private volatile @Nullable Future<?> awaited;
    private volatile CallPhase phase = CallPhase.LEASE;
    private volatile long bytesWritten;
    private volatile boolean responseStarted;
    private volatile @Nullable ConnectionUse connection;

    /**
     * Creates a call that has not begun.
     *
     * @throws TransportException with {@link TransportFailure#CLOSED} if the transport is closed
     * @throws InvalidRequestException if a proxy would be asked for another server
     */
    protected AbstractTransportCall(TransportState transport, TransportRequest request, CallListener listener) {
        this.transport = transport;
        this.request = requireNonNull(request, "request");
        this.listener = requireNonNull(listener, "listener");
        transport.requireOpen();
        String target = request.target();
        if (transport.forwardingProxy() != null && !target.startsWith("/") && !target.equals("*")) {
            throw new InvalidRequestException("the target of a request through a proxy begins with a slash", ErrorFacts.NONE);
        }
    }

    /**
     * Sends the request and receives the head of the response, in the calling thread.
     *
     * @throws IOException or a runtime exception, which is mapped by {@link #failed}
     */
    protected abstract AbstractTransportResponse send() throws IOException;

    /**
     * Sends the request without waiting for the head of the response. Returns false if something would have to be waited for, as by default.
     *
     * @param whenArrived is called once, with what returns or throws what {@link #send()} would: at once, or in a thread that may wait
     * @throws IOException or a runtime exception, which is mapped by {@link #failed}
     */
    protected boolean sendWithoutWaiting(Consumer<Callable<AbstractTransportResponse>> whenArrived) throws IOException {
        return false;
    }

    /** Closes the call's connection at once, whatever its state; does nothing without one. Any thread, perhaps repeatedly. */
    protected abstract void abort();

    /** Maps an exception that neither a cancellation nor the closing of the transport explains. */
    protected abstract TransportFailure classify(Throwable cause);

    /**
     * Returns what is wrong with the response, for an exception that {@link #classify} maps to {@link TransportFailure#MALFORMED}; null
     * when that is unknown. A subclass maps the exceptions of its library.
     */
    protected @Nullable HttpViolation violation(Throwable cause) {
        return HttpViolation.of(cause);
    }

    @Override
    public final TransportResponse execute() {
        start();
        return answer(this::send);
    }

    @Override
    public final void begin(Consumer<Settled<TransportResponse>> end) {
        Settled.begin(end, () -> {
            start();
            if (!isSent(end)) {
                WaitingThread.run(() -> end.accept(Settled.by(() -> answer(this::send))));
            }
        });
    }

    private void start() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("the call was executed before");
        }
        transport.add(this);
    }

    private boolean isSent(Consumer<Settled<TransportResponse>> end) {
        try {
            requireRunning();
            return sendWithoutWaiting(response -> end.accept(Settled.by(() -> answer(response))));
        } catch (IOException | RuntimeException cause) {
            throw failed(cause);
        }
    }

    private TransportResponse answer(Callable<AbstractTransportResponse> sending) {
        try {
            requireRunning();
            AbstractTransportResponse response = sending.call();
            requirePassed(response);
            response.begin();
            return response;
        } catch (TransportException failure) {
            throw failure;
        } catch (Exception cause) {
            throw failed(cause);
        }
    }

    /** A proxy that forwards requests answers this one itself when it wants credentials; no server answers so. */
    private void requirePassed(AbstractTransportResponse response) {
        HttpProxy proxy = transport.forwardingProxy();
        if (proxy != null && response.status() == ProxyFailureException.AUTHENTICATION_REQUIRED) {
            TransportException refused = failed(ProxyFailureException.answered(response.status(), proxy.credentials() != null));
            response.close(); // a library may hold a response that is not closed
            throw refused;
        }
    }

    @Override
    public final void cancel() {
        end(Outcome.CANCELLED);
    }

    final void closeWithTransport() {
        end(Outcome.CLOSED);
    }

    /**
     * Ends the call after the last byte of the response.
     *
     * @return true when the subclass is to keep or close the connection; false when the call had ended before, in which case
     *     {@link #abort()} deals with the connection
     */
    public final boolean complete() {
        return end(Outcome.COMPLETE);
    }

    /** Ends the call with a failure, closes its connection, and returns the typed exception to throw. */
    public final TransportException failed(Throwable cause) {
        TransportFailure failure = failureOf(cause);
        String description = FailureDescription.of(failure, cause, violation(cause), phase, transport.settings().proxy() != null);
        TransportException typed = description == null
                ? new TransportException(failure, progress(), cause)
                : new TransportException(failure, progress(), description, cause);
        if (!end(Outcome.FAILED)) {
            transport.remove(this);
            if (isAborted()) {
                // The call may have got its connection only after it was ended; a complete call has none any more.
                abort();
            }
        }
        return typed;
    }

    /** A deliberate end explains whatever exception its closed socket caused; an interrupt closes the socket, too. */
    private TransportFailure failureOf(Throwable cause) {
        Outcome ended = outcome.get();
        if (ended == Outcome.CANCELLED || Thread.currentThread().isInterrupted()) {
            return TransportFailure.CANCELLED;
        }
        if (ended == Outcome.CLOSED || transport.isClosed()) {
            return TransportFailure.CLOSED;
        }
        if (LocalResources.isShortage(cause)) {
            return TransportFailure.LOCAL_RESOURCES;
        }
        ProxyFailureException ofProxy = ProxyFailureException.in(cause);
        if (ofProxy != null) {
            return ofProxy.failure();
        }
        TransportFailure failure = classify(cause);
        if (failure == TransportFailure.TLS_FAILED) {
            phase = CallPhase.TLS; // a server may reject the certificate of its client only after the handshake (RFC 8446, section 4.4.2.4)
        }
        return failure;
    }

    private boolean end(Outcome how) {
        if (!outcome.compareAndSet(Outcome.NONE, how)) {
            return false;
        }
        transport.remove(this);
        if (how != Outcome.COMPLETE) {
            Future<?> future = awaited;
            if (future != null) {
                future.cancel(false);
            }
            abort();
        }
        return true;
    }

    /** Returns whether the call ended before its completion: it failed, was cancelled, or its transport was closed. */
    public final boolean isAborted() {
        Outcome ended = outcome.get();
        return ended != Outcome.NONE && ended != Outcome.COMPLETE;
    }

    /** Throws an exception when {@link #isAborted()}. */
    public final void requireRunning() throws SocketException {
        if (isAborted()) {
            throw new SocketException("The call was ended");
        }
    }

    /** Registers the only future to be cancelled, without an interrupt, when the call ends before its completion; null for none. */
    public final void cancelOnEnd(@Nullable Future<?> future) {
        awaited = future;
        if (future != null && isAborted()) {
            future.cancel(false);
        }
    }

    /**
     * Writes the request body as {@link #writeBody(PieceSink)} does, and watches for a response meanwhile, unless the connection has TLS: a
     * response that arrives before the body is written ends a write that is blocked, and is there to be read.
     *
     * @throws IOException if the body cannot be read or written, or was answered before
     */
    public final void writeBody(PieceSink sink, Socket socket) throws IOException {
        if (socket instanceof SSLSocket || request.body().length() <= BodyPieces.SIZE) {
            writeBody(sink);
            return;
        }
        EarlyResponseWatch watch = new EarlyResponseWatch(socket);
        try {
            writeBody(sink);
        } finally {
            watch.end();
        }
    }

    /** Writes the request body in {@link BodyPieces} and reports each piece to the call listener. */
    public final void writeBody(PieceSink sink) throws IOException {
        RequestBody body = request.body();
        for (long offset = 0; offset < body.length(); offset = bytesWritten) {
            BodyPiece piece = BodyPieces.read(body, offset);
            sink.write(piece.array(), piece.offset(), piece.length());
            reportWritten(offset + piece.length());
            reportPieceSent();
        }
    }

    /** Records how many bytes of the request body may have reached the server, for a library that pulls the body itself. */
    public final void reportWritten(long bytes) {
        bytesWritten = bytes;
    }

    /** Reports to the call listener that the connection accepted a piece of the request body. */
    public final void reportPieceSent() {
        listener.bodyPieceSent();
    }

    /** Enters a phase and reports it to the call listener, unless the call is in that phase already. */
    public final void enter(CallPhase next) {
        if (next != phase) {
            phase = next;
            if (next.compareTo(CallPhase.BODY) < 0) {
                listener.phaseStarted(next);
            }
        }
    }

    /** Sets the phase that a failure is reported with; the listener and its time limits are not affected. */
    public final void reportPhase(CallPhase failed) {
        phase = failed;
    }

    /** Records the connection that the request is sent over. */
    public final void useConnection(String id, boolean reused) {
        connection = new ConnectionUse(id, reused);
    }

    /** Records that the first byte of the response has arrived. */
    public final void markResponseStarted() {
        responseStarted = true;
    }

    /** Returns whether a byte of the response has arrived; a subclass that counts received bytes overrides it. */
    protected boolean isResponseStarted() {
        return responseStarted || phase == CallPhase.BODY;
    }

    /** Returns the target to send: that of the request, or its absolute form for a proxy that forwards it (RFC 9112, section 3.2.2). */
    public final String targetToSend() {
        if (transport.forwardingProxy() == null) {
            return request.target();
        }
        return transport.endpoint() + (request.target().equals("*") ? "" : request.target());
    }

    /**
     * Returns the header fields to send: Host, the credentials for a proxy that forwards the request, the fields of the request, and the
     * length of the body where one is expected.
     */
    public final List<Header> fieldsToSend() {
        List<Header> given = request.headers().fields();
        List<Header> fields = new ArrayList<>(given.size() + 3);
        fields.add(transport.host());
        HttpProxy proxy = transport.forwardingProxy();
        String credentials = proxy == null ? null : proxy.authorization();
        if (credentials != null) {
            fields.add(new Header("Proxy-Authorization", credentials));
        }
        fields.addAll(given);
        long length = request.body().length();
        if (length > 0 || METHODS_WITH_BODY.contains(request.method())) {
            fields.add(new Header("Content-Length", Long.toString(length)));
        }
        return fields;
    }

    /** Returns the progress of the call. */
    public final CallProgress progress() {
        ConnectionUse used = connection;
        return new CallProgress(
                phase, bytesWritten, request.body().length(), isResponseStarted(), used != null && used.reused());
    }

    /** Returns the phase of the call. */
    public final CallPhase phase() {
        return phase;
    }

    /** Returns the state of the transport. */
    public final TransportState transport() {
        return transport;
    }

    /** Returns the request. */
    public final TransportRequest request() {
        return request;
    }

    /** Returns the connection in use; never before {@link #useConnection}. */
    final ConnectionUse connection() {
        return requireNonNull(connection, "connection");
    }
}
