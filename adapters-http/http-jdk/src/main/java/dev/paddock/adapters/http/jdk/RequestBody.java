package dev.paddock.adapters.http.jdk;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * The body of a request, handed over piece by piece as the connection takes it. The client asks for its length when it
 * has a connection, which is the one way to learn that it has; a body without content serves for that too. When it asks
 * again it has met a dead connection and would send the request again, which is for others to decide.
 */
final class RequestBody implements HttpRequest.BodyPublisher {

    private static final int PIECE = 64 * 1024;

    private final byte[] content;
    private final CallState state;
    private boolean connected;

    RequestBody(byte[] content, CallState state) {
        this.content = content;
        this.state = state;
    }

    @Override
    public long contentLength() {
        if (connected) {
            throw new RepetitionException();
        }
        connected = true;
        state.connected();
        return content.length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Pieces(subscriber));
    }

    /** The client was about to send a request a second time. */
    static final class RepetitionException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RepetitionException() {
            super("The connection ended without an answer");
        }
    }

    /** The client asks for one piece at a time, when the connection has taken the one before. */
    private final class Pieces implements Flow.Subscription {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private int offset;
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
            int length = Math.min(PIECE, content.length - offset);
            if (length == 0) {
                ended = true;
                state.awaitHead();
                subscriber.onComplete();
                return;
            }
            ByteBuffer piece = ByteBuffer.wrap(content, offset, length);
            offset += length;
            state.writing(offset);
            subscriber.onNext(piece);
        }

        @Override
        public void cancel() {
            ended = true;
        }
    }
}
