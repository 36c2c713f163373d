package dev.paddock.adapters.http.server.body;

import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.decoding.IncomingHead;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A body in memory. It allocates memory as bytes arrive, not as they are announced, so that a client that only announces a large
 * body uses nothing of the shared budget. It consists of segments, so that growth copies nothing and the heap needs no large blocks.
 */
public final class BodyCollector implements IncomingBody {

    private static final int SMALLEST_SEGMENT = 64 * 1024;
    private static final int LARGEST_SEGMENT = 256 * 1024;

    private final BodyBudget.BodyMemory memory;
    private final long announced;
    private final long limit;
    private final List<byte[]> segments = new ArrayList<>(1);
    private int free; // bytes of the last segment
    private int count;
    private @Nullable SegmentedBody body; // once it is complete

    /**
     * Creates an empty body; throws {@link RefusedRequestException} if too large a body is announced.
     *
     * @param caller the caller whose share of the budget the body uses
     * @param announced the announced length, or {@link IncomingHead#CHUNKED}
     * @param limit the largest allowed length
     */
    public BodyCollector(BodyBudget budget, String caller, long announced, long limit) {
        this.memory = budget.allocate(caller);
        this.announced = announced;
        this.limit = limit;
        RefusedRequestException.requireBodyWithin(announced, limit);
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long maxDurationNanos(ServerLimits limits) {
        return limits.get(ServerLimits.TimeLimit.BODY).toNanos();
    }

    /** Returns false: what has arrived is in memory at once. */
    @Override
    public boolean isHeldBack() {
        return false;
    }

    @Override
    public void add(ByteBuf piece) {
        int index = piece.readerIndex();
        int remaining = piece.readableBytes();
        RefusedRequestException.requireBodyWithin((long) count + remaining, limit);
        while (remaining > 0) {
            if (free == 0) {
                addSegment(remaining);
            }
            byte[] segment = segments.getLast();
            int length = Math.min(remaining, free);
            var unused = piece.getBytes(index, segment, segment.length - free, length);
            index += length;
            remaining -= length;
            count += length;
            free -= length;
        }
    }

    @Override
    public void end(Consumer<RequestBody> whenComplete) {
        if (count == 0) {
            whenComplete.accept(RequestBody.NONE);
            return;
        }
        SegmentedBody complete = new SegmentedBody(segments, count);
        body = complete;
        whenComplete.accept(complete);
    }

    @Override
    public void release() {
        memory.release();
        segments.clear();
        free = 0;
        count = 0;
    }

    @Override
    public void forget() {
        release();
        if (body != null) {
            body.release();
        }
    }

    private void addSegment(int needed) {
        int size = segmentSize(needed);
        memory.grow(size);
        segments.add(new byte[size]);
        free = size;
    }

    private int segmentSize(int needed) {
        int usual = Math.clamp(count, SMALLEST_SEGMENT, LARGEST_SEGMENT);
        if (announced == IncomingHead.CHUNKED) {
            return count == 0 ? Math.min(needed, LARGEST_SEGMENT) : usual; // most chunked bodies arrive in one piece
        }
        return (int) Math.min(usual, announced - count);
    }
}
