package dev.paddock.adapters.http.server.body;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory for the bodies of all requests together. Thread-safe.
 *
 * <p>A quarter of it is reserved for small bodies, of at most {@link #SMALL} bytes; they use the rest only when the reserve has no room
 * for them. In either part, one caller may use at most twice as much as stays free. So a caller that is alone can use two thirds, and
 * there is always room for another one.
 */
public final class BodyBudget {

    /** The largest small body, in bytes. */
    static final int SMALL = 256 * 1024;

    private static final int RESERVE_DIVISOR = 4;
    private static final int HEAP_DIVISOR = 2;
    private static final int CALLER_FACTOR = 2;

    private final Lock lock = new ReentrantLock();
    private final MemoryPart reserve;
    private final MemoryPart common;

    /**
     * Creates a budget.
     *
     * @param bytes the memory, positive
     */
    public BodyBudget(long bytes) {
        reserve = new MemoryPart(bytes / RESERVE_DIVISOR);
        common = new MemoryPart(bytes - bytes / RESERVE_DIVISOR);
    }

    /**
     * Returns a budget of at most half of the heap.
     *
     * @param bytes the memory, unless the heap is too small for it; positive
     * @param heap the largest size of the heap in bytes
     */
    public static BodyBudget withinHeap(long bytes, long heap) {
        return new BodyBudget(Math.min(bytes, heap / HEAP_DIVISOR));
    }

    /** Returns the largest body for which there is room when no other caller uses any. */
    public long largestBody() {
        return Math.max(reserve.largestShare(), common.largestShare());
    }

    /** Returns the memory for one body, none of which is allocated yet. */
    BodyMemory allocate(String caller) {
        return new BodyMemory(caller);
    }

    /** The part of the budget that one body uses. Used by one thread at a time. */
    final class BodyMemory {

        private final String caller;
        private MemoryPart part = reserve;
        private long bytes;

        private BodyMemory(String caller) {
            this.caller = requireNonNull(caller, "caller");
        }

        /** Uses more of the budget; throws {@link RefusedRequestException} with status 503 when there is no room. */
        void grow(long more) {
            lock.lock();
            try {
                boolean small = bytes + more <= SMALL;
                if (part == reserve && !(small && reserve.tryAcquire(caller, more))) {
                    moveToCommon(more);
                } else if (part == common && !common.tryAcquire(caller, more)) {
                    throw full();
                }
                bytes += more;
            } finally {
                lock.unlock();
            }
        }

        /** Releases everything. Does nothing the second time. */
        void release() {
            lock.lock();
            try {
                part.release(caller, bytes);
                bytes = 0;
            } finally {
                lock.unlock();
            }
        }

        private void moveToCommon(long more) {
            if (!common.tryAcquire(caller, bytes + more)) {
                throw full();
            }
            reserve.release(caller, bytes);
            part = common;
        }

        private static RefusedRequestException full() {
            return new RefusedRequestException(
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    "the bodies of other requests use the memory for bodies that this client may use; try again later");
        }
    }

    /** A part of the budget, with its use by each caller. Guarded by the lock. */
    private static final class MemoryPart {

        private final long capacity;
        private final Map<String, Long> usedByCaller = new HashMap<>();
        private long used;

        MemoryPart(long capacity) {
            this.capacity = capacity;
        }

        long largestShare() {
            return capacity * CALLER_FACTOR / (CALLER_FACTOR + 1);
        }

        boolean tryAcquire(String caller, long bytes) {
            long free = capacity - used - bytes;
            long usedByThis = usedByCaller.getOrDefault(caller, 0L) + bytes;
            if (free < 0 || usedByThis > CALLER_FACTOR * free) {
                return false;
            }
            used += bytes;
            usedByCaller.put(caller, usedByThis);
            return true;
        }

        void release(String caller, long bytes) {
            used -= bytes;
            usedByCaller.computeIfPresent(caller, (name, before) -> before > bytes ? before - bytes : null);
        }
    }
}
