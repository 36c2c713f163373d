package dev.paddock.adapters.http.server.body;

import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A body in a temporary file. Backpressure: the server reads from the client no faster than the disk writes, so that the memory for
 * unwritten bytes is bounded.
 */
public final class SpooledBody implements IncomingBody {

    private static final int MAX_UNWRITTEN = 1024 * 1024;

    private final Spool spool;
    private final Channel connection;
    private final long limit;
    private final Consumer<RefusedRequestException> whenFailed;
    private long count;
    private int unwritten; // bytes
    private @Nullable BodyFile file; // on the thread of the spool
    private boolean failed; // on the thread of the spool
    private volatile boolean released;

    /**
     * Creates an empty body.
     *
     * @param connection the connection that the body arrives on
     * @param limit the largest allowed length
     * @param whenFailed called on the thread of the connection when the body cannot be written
     */
    public SpooledBody(Spool spool, Channel connection, long limit, Consumer<RefusedRequestException> whenFailed) {
        this.spool = spool;
        this.connection = connection;
        this.limit = limit;
        this.whenFailed = whenFailed;
    }

    @Override
    public long count() {
        return count;
    }

    /** Returns no limit: an upload may have any size, and only the minimum rate applies. */
    @Override
    public long maxDurationNanos(ServerLimits limits) {
        return Long.MAX_VALUE;
    }

    /** Returns whether the disk is behind, so that nothing is read from the client. */
    @Override
    public boolean isHeldBack() {
        return unwritten >= MAX_UNWRITTEN;
    }

    @Override
    public void add(ByteBuf piece) {
        int length = piece.readableBytes();
        if (length == 0) {
            return;
        }
        count += length;
        RefusedRequestException.requireBodyWithin(count, limit);
        ByteBuffer copy = ByteBuffer.allocate(length);
        var unused = piece.getBytes(piece.readerIndex(), copy);
        unwritten += length;
        spool.execute(() -> write(copy.flip()));
        if (isHeldBack()) {
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
                    HttpResponseStatus.INSUFFICIENT_STORAGE, "there is no disk space for the body")));
        }
    }

    private void written(int length) {
        unwritten -= length;
        if (!isHeldBack()) {
            var unused = connection.config().setAutoRead(true);
        }
    }

    @Override
    public void end(Consumer<RequestBody> whenComplete) {
        spool.execute(() -> {
            BodyFile complete = file;
            if (!failed) {
                onConnection(() -> whenComplete.accept(complete == null ? RequestBody.NONE : complete));
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
            return; // the system frees the space when this process ends
        }
    }

    private BodyFile opened() throws IOException {
        if (file == null) {
            file = spool.create();
        }
        return file;
    }

    /** Runs a task on the thread of the connection unless the body is released by then. */
    private void onConnection(Runnable task) {
        try {
            connection.eventLoop().execute(() -> {
                if (!released) {
                    task.run();
                }
            });
        } catch (RejectedExecutionException stopped) {
            return; // the server is closed
        }
    }
}
