package dev.paddock.adapters.http.server;

import dev.paddock.domain.exchange.RequestBody;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The body of one request as it comes in, in memory. That is taken as bytes arrive, not as they are announced, so that
 * announcing costs the other clients nothing.
 */
final class BodyCollector implements IncomingBody {

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_CAPACITY = 64 * 1024;

    /** How many times what has arrived there may be memory for, when so much was announced. */
    private static final long FORESIGHT = 8;

    private final BodyBudget budget;
    private final long announced;
    private final long most;
    private byte[] bytes = NOTHING;
    private int count;

    /**
     * Creates a collector that holds nothing.
     *
     * @param announced how long the body will be, or {@link MessageFraming#CHUNKED}
     * @param most how long it may be
     */
    BodyCollector(BodyBudget budget, long announced, long most) {
        this.budget = budget;
        this.announced = announced;
        this.most = most;
        RefusedRequestException.refuseBody(announced, most);
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long maxDurationNanos(ServerLimits limits) {
        return limits.bodyTimeout().toNanos();
    }

    @Override
    public void add(ByteBuf piece) {
        int length = piece.readableBytes();
        if (length == 0) {
            return;
        }
        RefusedRequestException.refuseBody((long) count + length, most);
        if (count + length > bytes.length) {
            grow(count + length);
        }
        piece.getBytes(piece.readerIndex(), bytes, count, length);
        count += length;
    }

    @Override
    public void end(Consumer<RequestBody> whenWhole) {
        whenWhole.accept(RequestBody.of(whole()));
    }

    private byte[] whole() {
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    @Override
    public void release() {
        budget.release(bytes.length);
        bytes = NOTHING;
        count = 0;
    }

    private void grow(int needed) {
        int capacity = (int) Math.min(Math.max(needed, wanted(needed)), most);
        budget.acquire((long) capacity - bytes.length);
        bytes = Arrays.copyOf(bytes, capacity);
    }

    private long wanted(int needed) {
        if (announced != MessageFraming.CHUNKED) {
            return Math.min(Math.max(FIRST_CAPACITY, FORESIGHT * count), announced);
        }
        // Most chunked bodies come in one piece.
        return count == 0 ? needed : Math.max(FIRST_CAPACITY, 2L * bytes.length);
    }
}
