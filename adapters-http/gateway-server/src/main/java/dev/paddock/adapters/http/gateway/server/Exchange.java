package dev.paddock.adapters.http.gateway.server;

import dev.paddock.domain.exchange.Cancellation;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** One request being answered. */
final class Exchange implements Responder {

    private final Connection connection;
    private final Outlet outlet;
    private final AnswerMode mode;
    private final Cancellation cancellation = Cancellation.create();
    private @Nullable AnswerHead head; // null before the answer begins
    private boolean headSent;
    private boolean ended;
    private long left; // of a length that was announced

    Exchange(Connection connection, AnswerMode mode) {
        this.connection = connection;
        this.outlet = connection.outlet();
        this.mode = mode;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void send(Reply reply) {
        AnswerHead started = start(reply.head());
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
    public void begin(ReplyHead replyHead) {
        AnswerHead unused = start(replyHead);
        requireClient();
    }

    @Override
    public void write(byte[] piece) {
        AnswerHead started = requireBegun();
        if (piece.length == 0 || !started.hasBody()) {
            requireClient();
            return;
        }
        if (left != ReplyHead.UNKNOWN) {
            if (piece.length > left) {
                throw new IllegalStateException("the body is longer than was announced");
            }
            left -= piece.length;
        }
        outlet.awaitRoom();
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
    private void writeLast(AnswerHead started, byte[] piece) {
        ended = true;
        HttpObject last = new DefaultLastHttpContent(Unpooled.wrappedBuffer(piece));
        outlet.submitLast(headSent ? last : started.message(), headSent ? null : last, whenSent(started));
    }

    @Override
    public void end() {
        if (ended && left == 0 && hasBegun()) {
            return;
        }
        AnswerHead started = requireBegun();
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
            outlet.submitNothing(sent -> connection.broken(looksWhole));
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
        return outlet.isGone();
    }

    private ChannelFutureListener whenSent(AnswerHead started) {
        return sent -> connection.answered(sent.isSuccess() && started.isPersistent());
    }

    private AnswerHead start(ReplyHead replyHead) {
        if (head != null || ended) {
            throw new IllegalStateException("the answer has begun");
        }
        AnswerHead started = new AnswerHead(replyHead, connection.isLast() ? mode.last() : mode);
        head = started;
        left = replyHead.length();
        return started;
    }

    private AnswerHead requireBegun() {
        if (head == null || ended) {
            throw new IllegalStateException(ended ? "the answer is complete" : "the answer has not begun");
        }
        return head;
    }

    private void requireClient() {
        if (outlet.isGone()) {
            cancellation.cancel(); // the thread of the connection may be about to; whoever is told here finds it done
            throw new ClientGoneException();
        }
    }
}
