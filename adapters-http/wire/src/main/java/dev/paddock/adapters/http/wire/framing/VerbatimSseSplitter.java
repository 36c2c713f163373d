package dev.paddock.adapters.http.wire.framing;

import org.jspecify.annotations.Nullable;

/**
 * Cuts server-sent events and drops nothing: a frame is one event with the empty line that ends it, or a comment by which the
 * server keeps the connection alive. Comments before the first event are a part of its frame, so that the first frame says
 * something. When a line feed belongs to the carriage return that ended an event, it stands at the start of the next frame.
 */
final class VerbatimSseSplitter implements FrameSplitter {

    private final FrameBuffer bytes;
    private boolean afterReturn; // whether the last byte was a CR, so that an LF belongs to it
    private boolean inLine; // whether the current line has a byte
    private boolean begun; // whether a line was seen that is no comment

    VerbatimSseSplitter(int longestFrame) {
        this.bytes = new FrameBuffer(longestFrame);
    }

    @Override
    public void feed(byte[] buffer, int offset, int length) {
        bytes.feed(buffer, offset, length);
    }

    @Override
    public byte @Nullable [] poll() {
        while (bytes.hasNext()) {
            if (endsEvent(bytes.next()) && begun) {
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

    private boolean endsEvent(byte next) {
        boolean endsReturn = afterReturn && next == '\n';
        afterReturn = next == '\r';
        if (endsReturn) {
            return false;
        }
        if (next == '\r' || next == '\n') {
            boolean isEmpty = !inLine;
            inLine = false;
            return isEmpty;
        }
        begun = begun || (!inLine && next != ':');
        inLine = true;
        return false;
    }
}
