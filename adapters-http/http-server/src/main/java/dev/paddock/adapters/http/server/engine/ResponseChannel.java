package dev.paddock.adapters.http.server.engine;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.domain.exchange.Backpressure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObject;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing direction of a connection: passes the writes of a handler's thread to the event loop, and applies backpressure, so that
 * the handler waits while the client reads more slowly than it writes. A handler that writes on the event loop writes directly.
 */
final class ResponseChannel implements Backpressure {

    private static final int MAX_QUEUED = 64 * 1024;

    private final Channel channel;
    private final Runnable whenWaiting;
    private final WriteQueue queue = new WriteQueue();
    private volatile @Nullable Runnable waiting; // what a handler does when there is room; taken under the monitor
    private volatile boolean lastSubmitted; // whether the end of a response waits for the event loop
    private volatile boolean flushing; // whether the end of a response is not yet sent completely
    private volatile boolean closed;
    private boolean collecting; // whether a handler that runs on the event loop ends its response before it returns; for the event loop
    private volatile @Nullable Runnable whenDrained;
    private boolean chunked; // whether the body has the chunked coding; for the event loop, as is the next
    private @Nullable ChannelHandlerContext encoder; // null until the pipeline is built

    /**
     * Creates the outgoing direction of a connection.
     *
     * @param whenWaiting called on the event loop when {@link #isWaitingForClient()} has become true
     */
    ResponseChannel(Channel channel, Runnable whenWaiting) {
        this.channel = channel;
        this.whenWaiting = whenWaiting;
    }

    /** Sets where the encoder is in the pipeline: pieces of a body are written below it. */
    void setEncoder(ChannelHandlerContext position) {
        encoder = position;
    }

    /** Returns whether the connection is closed. */
    boolean isClosed() {
        return closed;
    }

    /** Returns whether a handler waits, or a response is complete but not yet sent, because the client does not read. */
    boolean isWaitingForClient() {
        return waiting != null || flushing;
    }

    /** Returns how many bytes the client has not read. For the event loop only. */
    long pendingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    /** Marks the connection as closed; a handler that waits goes on and notices. */
    void markClosed() {
        closed = true;
        signalRoom();
    }

    /** Resumes a handler that waits if there is room, or the connection is closed. */
    void signalRoom() {
        if (waiting != null && (closed || hasRoom())) {
            Runnable resume = takeWaiting();
            if (resume != null) {
                resume.run();
            }
        }
    }

    private synchronized @Nullable Runnable takeWaiting() {
        Runnable taken = waiting;
        waiting = null;
        return taken;
    }

    private synchronized void setWaiting(Runnable resume) {
        waiting = resume;
    }

    /** Takes one action at a time: the one of a handler that no longer waits is replaced. */
    @Override
    public void whenReady(Runnable resume) {
        setWaiting(resume);
        signalRoom();
        if (waiting != null) {
            observeClient();
        }
    }

    private void observeClient() {
        try {
            channel.eventLoop().execute(whenWaiting);
        } catch (RejectedExecutionException stopped) {
            markClosed();
        }
    }

    /** Returns whether the client has read enough for more to be written. */
    boolean hasRoom() {
        return queue.bytes() < MAX_QUEUED && channel.isWritable();
    }

    /**
     * Adds a piece of a body, which {@link #flush} or the end of the response sends.
     *
     * @param head the head of the response, or null when it was submitted with an earlier piece
     */
    void submit(@Nullable OutgoingHead head, byte[] piece) {
        queue.add(head, piece);
    }

    /** Runs a handler on the event loop; the end of the response sends what it submits. */
    void collect(Runnable handler) {
        collecting = true;
        try {
            handler.run();
        } finally {
            collecting = false;
        }
    }

    /** Sends the pieces that were submitted. */
    void flush() {
        if (channel.eventLoop().inEventLoop()) {
            if (!collecting) {
                drain();
            }
        } else if (queue.schedule()) {
            execute(this::drain);
        }
    }

    private void drain() {
        ByteBuf pieces = queue.drainTo(this::begin);
        if (pieces != null) {
            send(pieces);
        }
        Runnable then = whenDrained;
        if (then != null) {
            whenDrained = null;
            then.run();
        }
    }

    /** Sends the head, if it was not sent, and begins what follows it: in the chunked coding, the size of the next chunk. */
    private ByteBuf begin(@Nullable OutgoingHead head, int length) {
        if (head != null) {
            var unused = channel.write(head.message(), channel.voidPromise());
            chunked = head.isChunked();
        }
        return chunked ? Chunk.begin(channel.alloc(), length) : channel.alloc().directBuffer(length);
    }

    /** Sends pieces in one buffer, past the encoder: its three buffers for each chunk cost more than the chunk. */
    private void send(ByteBuf pieces) {
        ChannelHandlerContext below = requireNonNull(encoder, "encoder");
        var unusedWrite = below.write(chunked ? Chunk.end(pieces) : pieces, below.voidPromise());
        if (!lastSubmitted) { // else it is flushed together with the end of the response
            var unused = below.flush();
        }
        signalRoom();
    }

    /** Runs a task on the event loop behind the pieces that it sends next: without a wake-up of its own. */
    void afterNextPieces(Runnable task) {
        whenDrained = task;
    }

    /** Writes and flushes the end of a response; the listener is called when everything is sent, or never will be. */
    void submitLast(HttpObject first, @Nullable HttpObject second, ChannelFutureListener whenSent) {
        lastSubmitted = true;
        execute(() -> {
            drain();
            lastSubmitted = false;
            ChannelPromise sent = channel.newPromise();
            write(first, second, sent);
            var unused = channel.flush();
            await(sent, whenSent);
        });
    }

    /** Calls the listener when everything that was submitted is sent, or never will be. */
    void submitFlush(ChannelFutureListener whenSent) {
        execute(() -> {
            drain();
            ChannelPromise sent = channel.newPromise();
            var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER, sent);
            await(sent, whenSent);
        });
    }

    private void await(ChannelPromise sent, ChannelFutureListener whenSent) {
        flushing = !sent.isDone();
        if (flushing) {
            whenWaiting.run();
        }
        var unused = sent.addListener(done -> {
            flushing = false;
            whenSent.operationComplete(sent);
        });
    }

    /** Runs a task on the event loop, after everything that was submitted. */
    private void execute(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException stopped) {
            markClosed();
            throw new ClientGoneException();
        }
    }

    private void write(HttpObject first, @Nullable HttpObject second, ChannelPromise promise) {
        if (second == null) {
            var unused = channel.write(first, promise);
        } else {
            var unusedFirst = channel.write(first, channel.voidPromise());
            var unusedSecond = channel.write(second, promise);
        }
    }
}
