package dev.paddock.adapters.http.server.body;

import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body in memory that consists of one or several arrays, until it is released. Thread-safe, provided that the arrays do not change. */
final class SegmentedBody implements RequestBody {

    private final int[] starts; // the position of the first byte of each segment
    private final int length;
    private volatile byte @Nullable [][] segments; // null when they were released

    /**
     * Creates the body that the segments contain; the arrays are not copied.
     *
     * @param length the length of the body, which may end before the last segment does; positive
     */
    SegmentedBody(List<byte[]> segments, int length) {
        byte[][] all = segments.toArray(byte[][]::new);
        this.segments = all;
        this.length = length;
        starts = new int[all.length];
        for (int index = 1; index < all.length; index++) {
            starts[index] = starts[index - 1] + all[index - 1].length;
        }
    }

    /** Frees the memory. The length stays known. */
    void release() {
        segments = null;
    }

    private byte[][] segments() {
        byte[][] kept = segments;
        if (kept == null) {
            throw new IllegalStateException("the body of the request was released");
        }
        return kept;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean isInMemory() {
        return true;
    }

    @Override
    public byte[] bytes() {
        byte[][] all = segments();
        return all.length == 1 && all[0].length == length ? all[0] : RequestBody.super.bytes();
    }

    @Override
    public BodyPiece piece(long position, int most) {
        byte[][] all = segments();
        int start = Math.toIntExact(position);
        int found = Arrays.binarySearch(starts, start);
        int index = found >= 0 ? found : -found - 2;
        byte[] segment = all[index];
        int offset = start - starts[index];
        return new BodyPiece(segment, offset, Math.min(most, Math.min(segment.length - offset, length - start)));
    }
}
