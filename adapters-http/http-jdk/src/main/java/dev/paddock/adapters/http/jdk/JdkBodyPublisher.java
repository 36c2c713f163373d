package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.BodyPieces;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * The body of a request, handed over piece by piece as the connection takes it. The client asks for its length when it
 * has a connection, which is the one way to learn that it has; a body without content serves for that too. When it asks
 * again it has met a dead connection and would send the request again, which is for others to decide.
 */
final class JdkBodyPublisher implements HttpRequest.BodyPublisher {

    private final RequestBody content;
    private final JdkCallState state;
    private boolean connected;

    JdkBodyPublisher(RequestBody content, JdkCallState state) {
        this.content = content;
        this.state = state;
    }

    @Override
    public long contentLength() {
        if (connected) {
            throw new SilentRetryException();
        }
        connected = true;
        state.connected();
        return content.length();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Pieces(subscriber));
    }

    /** The client was about to send a request a second time. */
    static final class SilentRetryException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SilentRetryException() {
            super("The connection ended without an answer");
        }
    }

    /** The client asks for one piece at a time, when the connection has taken the one before. */
    private final class Pieces implements Flow.Subscription {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private long offset;
        private volatile boolean ended;

        private Pieces(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            for (long piece = 0; piece < count && !ended; piece++) {
                next();
            }
        }

        private void next() {
            if (offset > 0) {
                state.wrote();
            }
            if (offset == content.length()) {
                ended = true;
                state.awaitHead();
                subscriber.onComplete();
                return;
            }
            try {
                BodyPiece piece = BodyPieces.read(content, offset);
                offset += piece.length();
                state.writing(offset);
                subscriber.onNext(ByteBuffer.wrap(piece.array(), piece.offset(), piece.length()));
            } catch (IOException unreadable) {
                ended = true;
                subscriber.onError(unreadable);
            }
        }

        @Override
        public void cancel() {
            ended = true;
        }
    }
}
