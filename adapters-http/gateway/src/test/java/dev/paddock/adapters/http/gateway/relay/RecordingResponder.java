package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.ServerResponseHead;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Keeps what a client would have received. */
public final class RecordingResponder implements Responder {

    /** How an answer ended. */
    public enum End {
        OPEN,
        WHOLE,
        ABORTED
    }

    private final List<String> pieces = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private ServerResponseHead head;
    private End end = End.OPEN;
    private int piecesUntilGone = Integer.MAX_VALUE;
    private volatile boolean gone;

    /** The client leaves when so many pieces were written. */
    public void leaveAfter(int newPieces) {
        piecesUntilGone = newPieces;
    }

    /** The client leaves now. */
    public void leave() {
        gone = true;
    }

    public ServerResponseHead head() {
        return head;
    }

    public List<String> pieces() {
        return pieces;
    }

    public byte[] bytes() {
        return body.toByteArray();
    }

    public String body() {
        return body.toString(UTF_8);
    }

    public End howItEnded() {
        return end;
    }

    @Override
    public void send(ServerResponse reply) {
        begin(reply.head());
        if (reply.body().length > 0) {
            write(reply.body());
        }
        end();
    }

    @Override
    public void begin(ServerResponseHead newHead) {
        requireOpen();
        if (head != null) {
            throw new IllegalStateException("the answer has begun");
        }
        head = newHead;
    }

    @Override
    public void write(byte[] piece) {
        requireOpen();
        if (head == null) {
            throw new IllegalStateException("the answer has not begun");
        }
        if (pieces.size() >= piecesUntilGone) {
            gone = true;
            throw new ClientGoneException();
        }
        pieces.add(new String(piece, UTF_8));
        body.writeBytes(piece);
    }

    @Override
    public boolean add(byte[] piece) {
        write(piece);
        return true;
    }

    @Override
    public void flush() {}

    @Override
    public void whenReady(Runnable resume) {
        resume.run();
    }

    @Override
    public Executor eventLoop() {
        return Runnable::run;
    }

    @Override
    public void end() {
        requireOpen();
        end = End.WHOLE;
    }

    @Override
    public void abort() {
        end = end == End.WHOLE ? End.WHOLE : End.ABORTED;
    }

    @Override
    public void releaseRequest() {}

    @Override
    public Runnable detach() {
        return () -> {
            if (end == End.OPEN) {
                abort();
            }
        };
    }

    @Override
    public Sent sent() {
        return new Sent(head == null ? 0 : head.status(), body.size(), body.size() == 0 ? null : Duration.ZERO, Duration.ZERO);
    }

    @Override
    public boolean isClientGone() {
        return gone;
    }

    private void requireOpen() {
        if (gone) {
            throw new ClientGoneException();
        }
        if (end != End.OPEN) {
            throw new IllegalStateException("the answer has ended");
        }
    }
}
