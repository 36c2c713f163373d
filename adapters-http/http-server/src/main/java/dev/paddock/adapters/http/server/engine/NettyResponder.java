package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.AcceptedRequest;
import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.adapters.http.server.engine.OutgoingHead.ResponseMode;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Headers;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The responder of one request. */
final class NettyResponder implements Responder {

    private static final System.Logger LOGGER = System.getLogger(NettyResponder.class.getName());

    private final Connection connection;
    private final ResponseChannel responses;
    private final ResponseMode mode;
    private final Headers common;
    private final long startNanos = System.nanoTime();
    private final Cancellation cancellation = Cancellation.create();
    private @Nullable OutgoingHead head; // null before the response begins
    private boolean headSent;
    private boolean ended;
    private boolean detached; // used by the thread that answers the request
    private long remaining; // of an announced length
    private int status; // 0 before the response begins
    private long bytes; // of the body that were sent
    private @Nullable Duration firstByte;

    /**
     * Creates a responder.
     *
     * @param common headers that are added to the response
     */
    NettyResponder(Connection connection, ResponseMode mode, Headers common) {
        this.connection = connection;
        this.responses = connection.responses();
        this.mode = mode;
        this.common = common;
    }

    /** Answers the request, on a thread of its own or at once. */
    void answer(AcceptedRequest accepted, ServerRequest request) {
        try {
            accepted.answer(request, this);
        } catch (ClientGoneException gone) {
            LOGGER.log(Level.DEBUG, "a client disconnected before its response was complete");
        } catch (RuntimeException defect) {
            LOGGER.log(Level.ERROR, "a handler failed", defect);
        } finally {
            if (!detached) {
                answered();
            }
        }
    }

    private void answered() {
        try {
            abort();
        } finally {
            connection.answered();
        }
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Runs an answer on the thread of the connection, and sends as one what it writes. */
    void collect(Runnable answer) {
        responses.collect(answer);
    }

    @Override
    public void send(ServerResponse response) {
        OutgoingHead started = start(response.head());
        byte[] body = response.body();
        if (body.length == 0 || !started.hasBody()) {
            remaining = 0;
            end();
            return;
        }
        requireClient();
        ended = true;
        count(body.length);
        responses.submitLast(started.withBody(body), null, whenSent(started));
    }

    @Override
    public void begin(ServerResponseHead responseHead) {
        OutgoingHead unused = start(responseHead);
        requireClient();
    }

    @Override
    public void write(byte[] piece) {
        OutgoingHead started = requireBegun();
        if (piece.length > 0 && started.hasBody() && !responses.hasRoom()) {
            responses.awaitReady();
        }
        boolean unused = add(piece);
        flush();
    }

    @Override
    public boolean add(byte[] piece) {
        OutgoingHead started = requireBegun();
        requireClient();
        if (piece.length == 0 || !started.hasBody()) {
            return true;
        }
        if (remaining != ServerResponseHead.UNKNOWN) {
            if (piece.length > remaining) {
                throw new IllegalStateException("the body is longer than the announced length");
            }
            remaining -= piece.length;
        }
        count(piece.length);
        if (remaining == 0) {
            writeLast(started, piece);
            return true;
        }
        responses.submit(headSent ? null : started, piece);
        headSent = true;
        return responses.hasRoom();
    }

    @Override
    public void flush() {
        responses.flush();
    }

    @Override
    public void whenReady(Runnable resume) {
        responses.whenReady(resume);
    }

    @Override
    public Executor eventLoop() {
        return connection.eventLoop();
    }

    /** Completes a response of an announced length together with its last piece, which saves a task on the event loop. */
    private void writeLast(OutgoingHead started, byte[] piece) {
        ended = true;
        HttpObject last = new DefaultLastHttpContent(Unpooled.wrappedBuffer(piece));
        responses.submitLast(headSent ? last : started.message(), headSent ? null : last, whenSent(started));
    }

    @Override
    public void end() {
        if (ended && remaining == 0 && hasBegun()) {
            return;
        }
        OutgoingHead started = requireBegun();
        if (started.hasBody() && remaining > 0) {
            abort();
            throw new IllegalStateException("the body is shorter than the announced length");
        }
        requireClient();
        count(0);
        ended = true;
        HttpObject first = headSent ? LastHttpContent.EMPTY_LAST_CONTENT : started.message();
        HttpObject second = headSent ? null : LastHttpContent.EMPTY_LAST_CONTENT;
        responses.submitLast(first, second, whenSent(started));
    }

    @Override
    public void abort() {
        if (ended) {
            return;
        }
        ended = true;
        boolean looksComplete = headSent && head != null && head.endsWithConnection();
        try {
            responses.submitFlush(sent -> connection.responseAborted(looksComplete));
        } catch (ClientGoneException gone) {
            return; // no client can take the response for complete
        }
    }

    @Override
    public void releaseRequest() {
        responses.afterNextPieces(connection::forgetBody);
    }

    @Override
    public Runnable detach() {
        detached = true;
        return this::answered;
    }

    @Override
    public Sent sent() {
        return new Sent(status, bytes, firstByte, elapsed());
    }

    private void count(int length) {
        bytes += length;
        firstByte = firstByte == null ? elapsed() : firstByte;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public boolean isClientGone() {
        return responses.isClosed();
    }

    private ChannelFutureListener whenSent(OutgoingHead started) {
        return sent -> connection.responseSent(sent.isSuccess() && started.isPersistent());
    }

    private OutgoingHead start(ServerResponseHead responseHead) {
        if (head != null || ended) {
            throw new IllegalStateException("the response has begun");
        }
        OutgoingHead started = new OutgoingHead(responseHead, common, connection.isLast() ? mode.withClose() : mode);
        head = started;
        status = responseHead.status();
        remaining = responseHead.length();
        return started;
    }

    private OutgoingHead requireBegun() {
        if (head == null || ended) {
            throw new IllegalStateException(ended ? "the response is complete" : "the response has not begun");
        }
        return head;
    }

    private void requireClient() {
        if (responses.isClosed()) {
            cancellation.cancel(); // the event loop may not have cancelled yet; the catcher of the exception relies on it
            throw new ClientGoneException();
        }
    }
}
