package dev.paddock.adapters.http.gateway.server;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The body of one request as it comes in. Memory is taken as bytes arrive, not as they are announced, so that
 * announcing costs the other clients nothing.
 */
final class BodyCollector {

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_CAPACITY = 64 * 1024;

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
        refuseBeyond(announced);
    }

    int count() {
        return count;
    }

    void add(ByteBuf piece) {
        int length = piece.readableBytes();
        if (length == 0) {
            return;
        }
        refuseBeyond((long) count + length);
        if (count + length > bytes.length) {
            grow(count + length);
        }
        piece.getBytes(piece.readerIndex(), bytes, count, length);
        count += length;
    }

    /** Returns the whole body. */
    byte[] whole() {
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    /** Gives the memory back; done again, it does nothing. */
    void release() {
        budget.giveBack(bytes.length);
        bytes = NOTHING;
        count = 0;
    }

    private void grow(int needed) {
        long doubled = Math.max(needed, Math.max(FIRST_CAPACITY, 2L * bytes.length));
        long bound = announced == MessageFraming.CHUNKED ? Math.max(needed, doubled) : Math.max(needed, announced);
        int capacity = (int) Math.min(Math.min(doubled, bound), most);
        if (announced == MessageFraming.CHUNKED && bytes.length == 0) {
            capacity = needed; // most chunked bodies come in one piece
        }
        budget.take((long) capacity - bytes.length);
        bytes = Arrays.copyOf(bytes, capacity);
    }

    private void refuseBeyond(long length) {
        if (length > most) {
            throw new RefusedRequestException(RefusedRequestException.CONTENT_TOO_LARGE, "the body is too large");
        }
    }
}
