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
 * The way out of a connection: hands what a handler's thread writes to the thread of the connection, and makes the
 * former wait while the client reads more slowly than it writes.
 */
final class ResponseChannel {

    private static final int MOST_HANDED_OVER = 64 * 1024;

    private final Channel channel;
    private final WriteQueue handedOver = new WriteQueue();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean waiting;
    private volatile boolean lastSubmitted; // whether the end of an answer waits for the thread of the connection
    private volatile boolean ending; // whether the end of an answer is on its way
    private volatile boolean gone;

    ResponseChannel(Channel channel) {
        this.channel = channel;
    }

    /** Tells whether the connection has ended. */
    boolean isClosed() {
        return gone;
    }

    /** Tells whether a thread waits for the client to read. */
    boolean hasBlockedWriter() {
        return waiting;
    }

    /** Tells whether an answer is complete but for the client taking the rest of it. */
    boolean isFlushing() {
        return ending;
    }

    /** How many bytes the client has not taken; on the thread of the connection only. */
    long pendingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    /** Ends the connection for those who write. */
    void markClosed() {
        gone = true;
        signalWriters();
    }

    /** Lets a thread that waits look again. */
    void signalWriters() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the client has read enough, or has left. */
    void awaitWritable() {
        if (!gone && !hasRoom()) {
            lock.lock();
            try {
                waiting = true;
                while (!gone && !hasRoom()) {
                    changed.awaitUninterruptibly();
                }
            } finally {
                waiting = false;
                lock.unlock();
            }
        }
    }

    /**
     * Writes and flushes a piece of a body.
     *
     * @param head the head of the answer, or null when it was submitted with a piece before
     */
    void submit(@Nullable HttpObject head, byte[] piece) {
        if (handedOver.add(head, piece)) {
            execute(() -> handedOver.drainTo(this::send));
        }
    }

    private void send(@Nullable HttpObject head, byte[] pieces) {
        HttpObject content = new DefaultHttpContent(Unpooled.wrappedBuffer(pieces));
        write(head == null ? content : head, head == null ? null : content, channel.voidPromise());
        if (!lastSubmitted) { // else it is flushed together with the end of the answer
            flush();
        }
        if (waiting) {
            signalWriters();
        }
    }

    /**
     * Writes and flushes the end of an answer, and tells when the network has taken all of it, or that it never will.
     */
    void submitLast(HttpObject first, @Nullable HttpObject second, ChannelFutureListener whenSent) {
        lastSubmitted = true;
        execute(() -> {
            lastSubmitted = false;
            ChannelPromise sent = channel.newPromise();
            write(first, second, sent);
            flush();
            await(sent, whenSent);
        });
    }

    /** Tells when the network has taken everything that was submitted, or that it never will. */
    void submitFlush(ChannelFutureListener whenSent) {
        execute(() -> {
            ChannelPromise sent = channel.newPromise();
            var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER, sent);
            await(sent, whenSent);
        });
    }

    private void await(ChannelPromise sent, ChannelFutureListener whenSent) {
        ending = !sent.isDone();
        var unused = sent.addListener(done -> {
            ending = false;
            whenSent.operationComplete(sent);
        });
    }

    /** Runs something on the thread of the connection, after everything that was submitted. */
    void execute(Runnable task) {
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

    private void flush() {
        var unused = channel.flush();
    }

    private boolean hasRoom() {
        return handedOver.bytes() < MOST_HANDED_OVER && channel.isWritable();
    }
}
