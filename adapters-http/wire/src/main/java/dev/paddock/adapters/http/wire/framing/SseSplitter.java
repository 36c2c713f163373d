package dev.paddock.adapters.http.wire.framing;

import org.jspecify.annotations.Nullable;

/**
 * Cuts server-sent events as the WHATWG HTML standard has them: lines end with CR, LF or CRLF, an empty line ends an
 * event, and a byte order mark at the start is dropped. A frame is the lines of the event as they stood, without the
 * end of the last one. Events of nothing but comments, by which servers keep connections alive, are no frames.
 */
final class SseSplitter implements FrameSplitter {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MARK_PASSED = BYTE_ORDER_MARK.length;

    private final FrameBuffer bytes;
    private int markMatched; // how much of a byte order mark was seen; MARK_PASSED when none can come any more
    private boolean afterReturn; // whether the last byte was a CR, so that an LF belongs to it
    private int lineLength; // of the current line so far
    private int contentLength; // of the event up to the end of its last line
    private boolean hasField; // whether the event has a line that is no comment

    SseSplitter(int longestFrame) {
        this.bytes = new FrameBuffer(longestFrame);
    }

    @Override
    public void feed(byte[] buffer, int offset, int length) {
        bytes.feed(buffer, offset, length);
    }

    @Override
    public byte @Nullable [] poll() {
        while (bytes.hasNext()) {
            byte next = bytes.next();
            if (markMatched == MARK_PASSED || !isByteOrderMark(next)) {
                byte[] event = accept(next);
                if (event != null) {
                    return event;
                }
            }
        }
        bytes.drain();
        bytes.requireNotTooLong(lengthSoFar());
        return null;
    }

    @Override
    public byte @Nullable [] finish() {
        bytes.requireDrained();
        int length = lengthSoFar();
        bytes.requireNotTooLong(length);
        byte[] rest = bytes.take(length);
        return SseEvent.parse(rest).hasData() ? rest : null;
    }

    private boolean isByteOrderMark(byte next) {
        if (next == BYTE_ORDER_MARK[markMatched]) {
            markMatched++;
            bytes.restart();
            return true;
        }
        if (markMatched > 0) {
            bytes.prepend(BYTE_ORDER_MARK, markMatched);
            lineLength = markMatched;
            hasField = true;
        }
        markMatched = MARK_PASSED;
        return false;
    }

    private byte @Nullable [] accept(byte next) {
        boolean endsReturn = afterReturn && next == '\n';
        afterReturn = next == '\r';
        if (endsReturn) {
            if (contentLength == 0) {
                bytes.restart(); // the CR ended the event before
            }
            return null;
        }
        if (next == '\r' || next == '\n') {
            return endLine();
        }
        if (lineLength == 0 && next != ':') {
            hasField = true;
        }
        lineLength++;
        return null;
    }

    private byte @Nullable [] endLine() {
        if (lineLength > 0) {
            contentLength = bytes.length() - 1;
            lineLength = 0;
            return null;
        }
        int length = contentLength;
        boolean isFrame = hasField;
        contentLength = 0;
        hasField = false;
        bytes.requireNotTooLong(length);
        if (isFrame) {
            return bytes.take(length);
        }
        bytes.restart();
        return null;
    }

    private int lengthSoFar() {
        return lineLength > 0 ? bytes.length() : contentLength;
    }
}
