package dev.paddock.adapters.http.wire.framing;

import org.jspecify.annotations.Nullable;

/**
 * Cuts lines. Only the byte 0x0A ends one: U+0085 and its kin stand unescaped inside the strings of Ollama. A carriage
 * return before the line end is dropped, and so are lines with nothing but white space.
 */
final class LineSplitter implements FrameSplitter {

    private static final ByteSearch LINE_END = ByteSearch.of('\n');

    private final FrameBuffer bytes;

    LineSplitter(int longestFrame) {
        this.bytes = new FrameBuffer(longestFrame);
    }

    @Override
    public void feed(byte[] buffer, int offset, int length) {
        bytes.feed(buffer, offset, length);
    }

    @Override
    public byte @Nullable [] poll() {
        while (bytes.hasNext()) {
            if (!bytes.skipBehind(LINE_END)) {
                break;
            }
            byte[] line = takeLine(bytes.length() - 1);
            if (line != null) {
                return line;
            }
        }
        bytes.drain();
        bytes.requireNotTooLong(lengthWithoutReturn(bytes.length()));
        return null;
    }

    @Override
    public byte @Nullable [] finish() {
        bytes.requireDrained();
        return takeLine(bytes.length());
    }

    private byte @Nullable [] takeLine(int lengthWithReturn) {
        int length = lengthWithoutReturn(lengthWithReturn);
        bytes.requireNotTooLong(length);
        if (bytes.isBlank(length)) {
            bytes.restart();
            return null;
        }
        return bytes.take(length);
    }

    private int lengthWithoutReturn(int length) {
        return length > 0 && bytes.at(length - 1) == '\r' ? length - 1 : length;
    }
}
