package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.BodyPieces;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * The body of a request, published piece by piece as the connection accepts it. The client asks for its length when it has a
 * connection, which is the only sign of that; an empty body serves for it, too. When the client asks again, it has met a dead
 * connection and would silently send the request again, which is a decision of the retry policy.
 */
final class JdkBodyPublisher implements HttpRequest.BodyPublisher {

    private final JdkCall call;
    private boolean connected;

    JdkBodyPublisher(JdkCall call) {
        this.call = call;
    }

    @Override
    public long contentLength() {
        if (connected) {
            throw new IllegalStateException("The connection ended without an answer");
        }
        connected = true;
        long length = call.request().body().length();
        call.connected(length == 0 ? CallPhase.HEAD : CallPhase.SEND);
        return length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Pieces(subscriber));
    }

    /** The client requests one piece at a time, when the connection has accepted the one before. */
    private final class Pieces implements Flow.Subscription {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final RequestBody content = call.request().body();
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
                call.reportPieceSent();
            }
            if (offset == content.length()) {
                ended = true;
                call.enter(CallPhase.HEAD);
                subscriber.onComplete();
                return;
            }
            try {
                BodyPiece piece = BodyPieces.read(content, offset);
                offset += piece.length();
                call.reportWritten(offset);
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
