package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.Cancellation;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** One request being answered. */
final class NettyResponder implements Responder {

    private final Connection connection;
    private final ResponseChannel outlet;
    private final ResponseMode mode;
    private final Cancellation cancellation = Cancellation.create();
    private @Nullable OutgoingHead head; // null before the answer begins
    private boolean headSent;
    private boolean ended;
    private long left; // of a length that was announced

    NettyResponder(Connection connection, ResponseMode mode) {
        this.connection = connection;
        this.outlet = connection.outlet();
        this.mode = mode;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void send(ServerResponse reply) {
        OutgoingHead started = start(reply.head());
        byte[] body = reply.body();
        if (body.length == 0 || !started.hasBody()) {
            left = 0;
            end();
            return;
        }
        requireClient();
        ended = true;
        outlet.submitLast(started.whole(body), null, whenSent(started));
    }

    @Override
    public void begin(ServerResponseHead replyHead) {
        OutgoingHead unused = start(replyHead);
        requireClient();
    }

    @Override
    public void write(byte[] piece) {
        OutgoingHead started = requireBegun();
        if (piece.length == 0 || !started.hasBody()) {
            requireClient();
            return;
        }
        if (left != ServerResponseHead.UNKNOWN) {
            if (piece.length > left) {
                throw new IllegalStateException("the body is longer than was announced");
            }
            left -= piece.length;
        }
        outlet.awaitWritable();
        requireClient();
        if (left == 0) {
            writeLast(started, piece);
            return;
        }
        HttpObject first = headSent ? null : started.message();
        headSent = true;
        outlet.submit(first, piece);
    }

    /** Completes an answer whose length was announced together with its last piece, which saves the thread of the connection a task. */
    private void writeLast(OutgoingHead started, byte[] piece) {
        ended = true;
        HttpObject last = new DefaultLastHttpContent(Unpooled.wrappedBuffer(piece));
        outlet.submitLast(headSent ? last : started.message(), headSent ? null : last, whenSent(started));
    }

    @Override
    public void end() {
        if (ended && left == 0 && hasBegun()) {
            return;
        }
        OutgoingHead started = requireBegun();
        if (started.hasBody() && left > 0) {
            abort();
            throw new IllegalStateException("the body is shorter than was announced");
        }
        requireClient();
        ended = true;
        HttpObject first = headSent ? LastHttpContent.EMPTY_LAST_CONTENT : started.message();
        HttpObject second = headSent ? null : LastHttpContent.EMPTY_LAST_CONTENT;
        outlet.submitLast(first, second, whenSent(started));
    }

    @Override
    public void abort() {
        if (ended) {
            return;
        }
        ended = true;
        boolean looksWhole = headSent && head != null && head.endsWithConnection();
        try {
            outlet.submitFlush(sent -> connection.responseAborted(looksWhole));
        } catch (ClientGoneException gone) {
            return; // then nobody is left who could take the answer for whole
        }
    }

    @Override
    public boolean hasBegun() {
        return head != null;
    }

    @Override
    public boolean isClientGone() {
        return outlet.isClosed();
    }

    private ChannelFutureListener whenSent(OutgoingHead started) {
        return sent -> connection.responseSent(sent.isSuccess() && started.isPersistent());
    }

    private OutgoingHead start(ServerResponseHead replyHead) {
        if (head != null || ended) {
            throw new IllegalStateException("the answer has begun");
        }
        OutgoingHead started = new OutgoingHead(replyHead, connection.isLast() ? mode.withClose() : mode);
        head = started;
        left = replyHead.length();
        return started;
    }

    private OutgoingHead requireBegun() {
        if (head == null || ended) {
            throw new IllegalStateException(ended ? "the answer is complete" : "the answer has not begun");
        }
        return head;
    }

    private void requireClient() {
        if (outlet.isClosed()) {
            cancellation.cancel(); // the thread of the connection may be about to; whoever is told here finds it done
            throw new ClientGoneException();
        }
    }
}
