package dev.paddock.adapters.http.server;

import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request as it comes in, in a file. The client is read no faster than the disk writes, so that what
 * waits in memory is bounded.
 */
final class SpooledBody implements IncomingBody {

    private static final int MOST_WAITING = 1024 * 1024;

    private final Spool spool;
    private final Channel connection;
    private final long most;
    private final Consumer<RefusedRequestException> whenFailed;
    private long count;
    private int waiting; // bytes for the disk
    private @Nullable BodyFile file; // on the thread of the spool
    private boolean failed; // on the thread of the spool
    private volatile boolean released;

    /**
     * Creates an empty body.
     *
     * @param connection where the body comes from
     * @param most how long it may be
     * @param whenFailed is told on the thread of the connection when it cannot be written
     */
    SpooledBody(Spool spool, Channel connection, long most, Consumer<RefusedRequestException> whenFailed) {
        this.spool = spool;
        this.connection = connection;
        this.most = most;
        this.whenFailed = whenFailed;
    }

    @Override
    public long count() {
        return count;
    }

    /** As long as it is not slow it may take any time: nobody knows how large a model is. */
    @Override
    public long maxDurationNanos(ServerLimits limits) {
        return Long.MAX_VALUE;
    }

    @Override
    public void add(ByteBuf piece) {
        int length = piece.readableBytes();
        if (length == 0) {
            return;
        }
        count += length;
        RefusedRequestException.refuseBody(count, most);
        ByteBuffer copy = ByteBuffer.allocate(length);
        var unused = piece.getBytes(piece.readerIndex(), copy);
        waiting += length;
        spool.execute(() -> write(copy.flip()));
        if (waiting >= MOST_WAITING) {
            var unusedConfig = connection.config().setAutoRead(false);
        }
    }

    private void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (released || failed) {
            return;
        }
        try {
            opened().append(bytes);
            onConnection(() -> written(length));
        } catch (IOException full) {
            failed = true;
            onConnection(() -> whenFailed.accept(new RefusedRequestException(
                    RefusedRequestException.INSUFFICIENT_STORAGE, "there is no room for the body")));
        }
    }

    private void written(int length) {
        waiting -= length;
        if (waiting < MOST_WAITING) {
            var unused = connection.config().setAutoRead(true);
        }
    }

    @Override
    public void end(Consumer<RequestBody> whenWhole) {
        spool.execute(() -> {
            BodyFile whole = file;
            if (!failed) {
                onConnection(() -> whenWhole.accept(whole == null ? RequestBody.NONE : whole));
            }
        });
    }

    @Override
    public void release() {
        if (!released) {
            released = true;
            spool.execute(this::close);
        }
    }

    private void close() {
        BodyFile closing = file;
        if (closing == null) {
            return;
        }
        file = null;
        try {
            closing.close();
        } catch (IOException unclosed) {
            return; // the system takes its room back when this process ends
        }
    }

    private BodyFile opened() throws IOException {
        if (file == null) {
            file = spool.create();
        }
        return file;
    }

    /** Does something unless nobody wants the body any more. */
    private void onConnection(Runnable task) {
        try {
            connection.eventLoop().execute(() -> {
                if (!released) {
                    task.run();
                }
            });
        } catch (RejectedExecutionException stopped) {
            return; // the server has ended
        }
    }
}
