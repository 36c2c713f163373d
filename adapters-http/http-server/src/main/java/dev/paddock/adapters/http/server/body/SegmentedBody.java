package dev.paddock.adapters.http.server.body;

import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import java.util.Arrays;
import java.util.List;

/** A body in memory that consists of several arrays. Immutable, provided that the arrays do not change. */
final class SegmentedBody implements RequestBody {

    private final byte[][] segments;
    private final int[] starts; // the position of the first byte of each segment
    private final int length;

    private SegmentedBody(byte[][] segments, int length) {
        this.segments = segments;
        this.length = length;
        starts = new int[segments.length];
        for (int index = 1; index < segments.length; index++) {
            starts[index] = starts[index - 1] + segments[index - 1].length;
        }
    }

    /**
     * Returns the body that the segments contain; the arrays are not copied.
     *
     * @param length the length of the body, which may end before the last segment does
     */
    static RequestBody of(List<byte[]> segments, int length) {
        if (length == 0) {
            return NONE;
        }
        boolean single = segments.size() == 1 && segments.getFirst().length == length;
        return single ? RequestBody.of(segments.getFirst()) : new SegmentedBody(segments.toArray(byte[][]::new), length);
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
    public BodyPiece piece(long position, int most) {
        int start = Math.toIntExact(position);
        int found = Arrays.binarySearch(starts, start);
        int index = found >= 0 ? found : -found - 2;
        byte[] segment = segments[index];
        int offset = start - starts[index];
        return new BodyPiece(segment, offset, Math.min(most, Math.min(segment.length - offset, length - start)));
    }
}
