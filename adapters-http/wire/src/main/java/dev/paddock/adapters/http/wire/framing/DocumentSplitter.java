package dev.paddock.adapters.http.wire.framing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts nothing: every part of a document is a frame as it arrives. */
final class DocumentSplitter implements FrameSplitter {

    private byte @Nullable [] part;
    private boolean drained = true;

    @Override
    public void feed(byte[] buffer, int offset, int length) {
        requireDrained();
        part = length == 0 ? null : Arrays.copyOfRange(buffer, offset, offset + length);
        drained = false;
    }

    @Override
    public byte @Nullable [] poll() {
        byte[] frame = part;
        part = null;
        drained = frame == null;
        return frame;
    }

    @Override
    public byte @Nullable [] finish() {
        requireDrained();
        return null;
    }

    private void requireDrained() {
        if (!drained) {
            throw new IllegalStateException("poll has not returned null since the last feed");
        }
    }
}
