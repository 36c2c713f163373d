package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.BodyPieces;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransportCall;
import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.adapters.http.spi.support.SocketFailures;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.exchange.WaitingThread;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request: takes an idle connection or opens one, hands the request to its event loop, and waits for the head of the response. */
final class NettyCall extends AbstractTransportCall {

    private static final int LAST_LATIN_1 = 0xff;
    private static final int DELETE = 0x7f;
    private static final int NONE = -1;

    private final ConnectionPool pool;
    private volatile @Nullable Runnable aborting;

    NettyCall(TransportState state, ConnectionPool pool, TransportRequest request, CallListener listener) {
        super(state, request, listener);
        this.pool = pool;
        requireSendable(request.method(), ' ');
        requireSendable(request.target(), ' ');
        for (Header field : request.headers().fields()) {
            requireSendable(field.value(), NONE); // whose line ends were refused before
        }
    }

    /** What is sent must be what was given: a character beyond Latin-1 has no byte, and a blank or a control ends a method or a target. */
    private static void requireSendable(String part, int lastRefused) {
        boolean sendable = !part.isEmpty() || lastRefused == NONE;
        for (int index = 0; index < part.length(); index++) {
            int character = part.charAt(index);
            sendable &= character <= LAST_LATIN_1 && character > lastRefused && (character != DELETE || lastRefused == NONE);
        }
        if (!sendable) {
            throw new InvalidRequestException("the head of the request has a character that cannot be sent", ErrorFacts.NONE);
        }
    }

    @Override
    protected AbstractTransportResponse send() throws IOException {
        while (true) {
            NettyConnection idle = pool.reserve(request());
            try {
                return exchange(idle == null ? opened() : idle, idle != null);
            } catch (StaleConnectionException stale) {
                requireRunning(); // and take another one
            }
        }
    }

    /** Uses an idle connection if the current thread is the event loop of the request: best one there, but any is better than a thread. */
    @Override
    protected boolean sendWithoutWaiting(Consumer<Callable<AbstractTransportResponse>> whenArrived) throws IOException {
        boolean isPossible = pool.isEventLoopOf(request()) && request().body().length() <= BodyPieces.SIZE;
        NettyConnection connection = isPossible ? pool.reserve(request()) : null;
        if (connection == null) {
            return false;
        }
        RequestStream stream = connection.stream(this, true);
        abortWith(stream::abort);
        stream.incoming().whenReadable(() -> arrived(stream, whenArrived));
        try {
            sendRequest(stream);
        } catch (IOException | RuntimeException unsent) {
            stream.incoming().failed(unsent); // which is told as every other end, once
        }
        return true;
    }

    private void arrived(RequestStream stream, Consumer<Callable<AbstractTransportResponse>> whenArrived) {
        Callable<AbstractTransportResponse> result;
        try {
            AbstractTransportResponse response = response(stream);
            result = () -> response;
        } catch (StaleConnectionException stale) {
            WaitingThread.run(() -> whenArrived.accept(this::send));
            return;
        } catch (IOException | RuntimeException | Error failure) {
            result = () -> {
                throw failure;
            };
        }
        whenArrived.accept(result);
    }

    private NettyConnection opened() throws IOException {
        NettyConnection connection = pool.create(request());
        abortWith(connection::close);
        connection.open(this);
        return connection;
    }

    private AbstractTransportResponse exchange(NettyConnection connection, boolean reused) throws IOException {
        RequestStream stream = connection.stream(this, reused);
        abortWith(stream::abort);
        sendRequest(stream);
        return response(stream);
    }

    private AbstractTransportResponse response(RequestStream stream) throws IOException {
        ResponseHead head = stream.incoming().awaitHead();
        return new NettyResponse(this, head, stream, stream.bodyLength(head));
    }

    private void abortWith(Runnable action) throws IOException {
        aborting = action;
        requireRunning();
    }

    private void sendRequest(RequestStream stream) throws IOException {
        RequestBody body = request().body();
        BodyPiece piece = body.length() == 0 ? null : BodyPieces.read(body, 0);
        boolean goesOn = stream.incoming().awaitRoom(); // there is room for the first piece, unless the call was aborted
        long position = piece == null ? 0 : piece.length();
        stream.begin(piece, position == body.length());
        while (goesOn && position < body.length() && stream.incoming().awaitRoom()) {
            BodyPiece next = BodyPieces.read(body, position);
            position += next.length();
            stream.send(next, position == body.length());
        }
    }

    @Override
    protected void abort() {
        Runnable action = aborting;
        if (action != null) {
            action.run();
        }
    }

    @Override
    protected TransportFailure classify(Throwable cause) {
        return cause instanceof ProtocolException ? TransportFailure.MALFORMED : SocketFailures.classify(cause, phase());
    }
}
