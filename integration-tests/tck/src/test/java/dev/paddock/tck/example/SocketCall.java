package dev.paddock.tck.example;

import static dev.paddock.tck.example.SocketConnection.bytes;

import dev.paddock.adapters.http.spi.BodyPieces;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.pool.CloseReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request: connects, sends, and waits for the head; then answers for the connection until the body's end. */
final class SocketCall implements TransportCall {

    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final int MOST_INTERIM_RESPONSES = 8;

    private final SocketTransport transport;
    private final TransportRequest request;
    private final CallListener listener;
    private volatile @Nullable SocketConnection connection;
    private final AtomicBoolean executed = new AtomicBoolean();
    private volatile boolean cancelled;
    private CallPhase phase = CallPhase.CONNECT;
    private boolean reused;
    private boolean answered;
    private long written;

    SocketCall(SocketTransport transport, TransportRequest request, CallListener listener) {
        this.transport = transport;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public TransportResponse execute() {
        if (executed.getAndSet(true)) {
            throw new IllegalStateException("a call is executed once");
        }
        try {
            SocketConnection leased = lease();
            enter(CallPhase.SEND);
            try {
                send(leased.output());
            } catch (IOException broken) {
                // A server may answer and leave before it has read everything: its answer tells more.
                if (!leased.hasInput()) {
                    throw broken;
                }
            }
            enter(CallPhase.HEAD);
            ResponseHead head = receive(leased);
            ResponseBody body = ResponseBody.of(request.method(), head, leased);
            phase = CallPhase.BODY;
            return new SocketResponse(this, leased, head, body);
        } catch (IOException | RuntimeException failure) {
            throw failed(failure);
        }
    }

    private SocketConnection lease() throws IOException {
        requireRunning();
        SocketConnection idle = transport.reusable();
        reused = idle != null;
        SocketConnection leased = idle == null ? transport.unopened() : idle;
        connection = leased;
        requireRunning();
        if (!reused) {
            leased.open(this::enter);
        }
        return leased;
    }

    private void send(OutputStream output) throws IOException {
        StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
        head.append("Host: ").append(transport.endpoint().authority()).append("\r\n");
        request.headers().fields().forEach(field ->
                head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        RequestBody body = request.body();
        if (body.length() > 0 || METHODS_WITH_BODY.contains(request.method())) {
            head.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        output.write(bytes(head.append("\r\n").toString()));
        while (written < body.length()) {
            BodyPiece piece = BodyPieces.read(body, written);
            output.write(piece.array(), piece.offset(), piece.length());
            written += piece.length();
            listener.bodyPieceSent();
        }
    }

    private ResponseHead receive(SocketConnection leased) throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM_RESPONSES; interim++) {
            leased.awaitInput();
            answered = true;
            ResponseHead head = ResponseHead.read(leased);
            if (head.status() >= 200) {
                return head;
            }
        }
        throw new ProtocolException("too many interim responses");
    }

    @Override
    public void cancel() {
        cancelled = true;
        abort(CloseReason.DISCARDED);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Gives the connection back after the end of the body, if it may serve again. */
    void complete(SocketConnection used, ResponseHead head, boolean framed) {
        if (!request.isConnectionReusable()) {
            abort(CloseReason.OVERFLOW);
        } else if (!framed || !head.isPersistent() || written < request.body().length()) {
            abort(CloseReason.DISCARDED);
        } else {
            connection = null;
            transport.release(used, head);
        }
    }

    /** Closes the connection and says what the failure was. */
    TransportException failed(Exception cause) {
        CallProgress progress = new CallProgress(phase, written, request.body().length(), answered, reused);
        TransportFailure failure = classify(cause);
        abort(CloseReason.DISCARDED);
        return new TransportException(failure, progress, cause);
    }

    private TransportFailure classify(Exception cause) {
        if (cancelled || Thread.currentThread().isInterrupted()) {
            return TransportFailure.CANCELLED;
        }
        if (transport.isClosed()) {
            return TransportFailure.CLOSED;
        }
        return switch (cause) {
            case UnknownHostException unknown -> TransportFailure.UNKNOWN_HOST;
            case SocketTimeoutException late -> TransportFailure.TIMEOUT;
            case ConnectException refused -> TransportFailure.CONNECTION_REFUSED;
            case ProtocolException malformed -> TransportFailure.MALFORMED;
            case EOFException ended when phase == CallPhase.BODY -> TransportFailure.TRUNCATED;
            default -> TransportFailure.broken(phase);
        };
    }

    private void enter(CallPhase next) {
        phase = next;
        listener.phaseStarted(next);
    }

    void requireRunning() {
        if (cancelled) {
            throw new CancellationException("cancelled");
        }
    }

    private void abort(CloseReason reason) {
        SocketConnection used = connection;
        if (used != null) {
            transport.discard(used, reason);
        }
    }
}
