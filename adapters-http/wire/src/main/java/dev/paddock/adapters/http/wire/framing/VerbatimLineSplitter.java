package dev.paddock.adapters.http.wire.framing;

import org.jspecify.annotations.Nullable;

/**
 * Cuts lines and drops nothing: a frame is one line with its line end. Blank lines before the first other one are a part of
 * its frame, so that the first frame says something.
 */
final class VerbatimLineSplitter implements FrameSplitter {

    private static final ByteSearch LINE_END = ByteSearch.of('\n');

    private final FrameBuffer bytes;
    private boolean begun;

    VerbatimLineSplitter(int longestFrame) {
        this.bytes = new FrameBuffer(longestFrame);
    }

    @Override
    public void feed(byte[] buffer, int offset, int length) {
        bytes.feed(buffer, offset, length);
    }

    @Override
    public byte @Nullable [] poll() {
        while (bytes.hasNext() && bytes.skipBehind(LINE_END)) {
            begun = begun || !bytes.isBlank(bytes.length());
            if (begun) {
                bytes.requireNotTooLong(bytes.length());
                return bytes.take(bytes.length());
            }
        }
        bytes.drain();
        bytes.requireNotTooLong(bytes.length());
        return null;
    }

    @Override
    public byte @Nullable [] finish() {
        return bytes.takeRest();
    }
}
