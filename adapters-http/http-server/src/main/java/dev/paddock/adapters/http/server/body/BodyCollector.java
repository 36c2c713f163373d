package dev.paddock.adapters.http.server.body;

import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.decoding.IncomingHead;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A body in memory. It allocates memory as bytes arrive, not as they are announced, so that a client that only announces a large
 * body uses nothing of the shared budget.
 */
public final class BodyCollector implements IncomingBody {

    private static final byte[] EMPTY = new byte[0];
    private static final int FIRST_CAPACITY = 64 * 1024;

    /** The largest ratio of allocated to arrived bytes while more is announced. */
    private static final long GROWTH_FACTOR = 8;

    private final BodyBudget budget;
    private final long announced;
    private final long limit;
    private byte[] bytes = EMPTY;
    private int count;

    /**
     * Creates an empty body; throws {@link RefusedRequestException} if too large a body is announced.
     *
     * @param announced the announced length, or {@link IncomingHead#CHUNKED}
     * @param limit the largest allowed length
     */
    public BodyCollector(BodyBudget budget, long announced, long limit) {
        this.budget = budget;
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

    @Override
    public void add(ByteBuf piece) {
        int length = piece.readableBytes();
        if (length == 0) {
            return;
        }
        RefusedRequestException.requireBodyWithin((long) count + length, limit);
        if (count + length > bytes.length) {
            grow(count + length);
        }
        piece.getBytes(piece.readerIndex(), bytes, count, length);
        count += length;
    }

    @Override
    public void end(Consumer<RequestBody> whenComplete) {
        whenComplete.accept(RequestBody.of(count == bytes.length ? bytes : Arrays.copyOf(bytes, count)));
    }

    @Override
    public void release() {
        budget.release(bytes.length);
        bytes = EMPTY;
        count = 0;
    }

    private void grow(int needed) {
        int capacity = (int) Math.min(Math.max(needed, desired(needed)), limit);
        budget.acquire((long) capacity - bytes.length);
        bytes = Arrays.copyOf(bytes, capacity);
    }

    private long desired(int needed) {
        if (announced != IncomingHead.CHUNKED) {
            return Math.min(Math.max(FIRST_CAPACITY, GROWTH_FACTOR * count), announced);
        }
        // Most chunked bodies arrive in one piece.
        return count == 0 ? needed : Math.max(FIRST_CAPACITY, 2L * bytes.length);
    }
}
