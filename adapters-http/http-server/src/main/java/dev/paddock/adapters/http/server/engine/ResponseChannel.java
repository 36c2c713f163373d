package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.ClientGoneException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObject;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing direction of a connection: passes the writes of a handler's thread to the event loop, and applies backpressure, so that
 * the handler blocks while the client reads more slowly than it writes.
 */
final class ResponseChannel {

    private static final int MAX_QUEUED = 64 * 1024;

    private final Channel channel;
    private final WriteQueue queue = new WriteQueue();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean writerBlocked;
    private volatile boolean lastSubmitted; // whether the end of a response waits for the event loop
    private volatile boolean flushing; // whether the end of a response is not yet sent completely
    private volatile boolean closed;

    ResponseChannel(Channel channel) {
        this.channel = channel;
    }

    /** Returns whether the connection is closed. */
    boolean isClosed() {
        return closed;
    }

    /** Returns whether a handler is blocked, or a response is complete but not yet sent, because the client does not read. */
    boolean isWaitingForClient() {
        return writerBlocked || flushing;
    }

    /** Returns how many bytes the client has not read. For the event loop only. */
    long pendingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    /** Marks the connection as closed and wakes its writers. */
    void markClosed() {
        closed = true;
        signalWriters();
    }

    /** Wakes a blocked writer, which checks its condition again. */
    void signalWriters() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until the client has read enough, or has disconnected. */
    void awaitWritable() {
        if (!closed && !hasRoom()) {
            lock.lock();
            try {
                writerBlocked = true;
                while (!closed && !hasRoom()) {
                    changed.awaitUninterruptibly();
                }
            } finally {
                writerBlocked = false;
                lock.unlock();
            }
        }
    }

    /**
     * Writes and flushes a piece of a body.
     *
     * @param head the head of the response, or null when it was submitted with an earlier piece
     */
    void submit(@Nullable HttpObject head, byte[] piece) {
        if (queue.add(head, piece)) {
            execute(() -> queue.drainTo(this::send));
        }
    }

    private void send(@Nullable HttpObject head, byte[] pieces) {
        HttpObject content = new DefaultHttpContent(Unpooled.wrappedBuffer(pieces));
        write(head == null ? content : head, head == null ? null : content, channel.voidPromise());
        if (!lastSubmitted) { // else it is flushed together with the end of the response
            var unused = channel.flush();
        }
        if (writerBlocked) {
            signalWriters();
        }
    }

    /** Writes and flushes the end of a response; the listener is called when everything is sent, or never will be. */
    void submitLast(HttpObject first, @Nullable HttpObject second, ChannelFutureListener whenSent) {
        lastSubmitted = true;
        execute(() -> {
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
            ChannelPromise sent = channel.newPromise();
            var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER, sent);
            await(sent, whenSent);
        });
    }

    private void await(ChannelPromise sent, ChannelFutureListener whenSent) {
        flushing = !sent.isDone();
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

    private boolean hasRoom() {
        return queue.bytes() < MAX_QUEUED && channel.isWritable();
    }
}
