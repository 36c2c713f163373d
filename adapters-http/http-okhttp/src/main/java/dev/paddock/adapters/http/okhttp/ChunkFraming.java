package dev.paddock.adapters.http.okhttp;

import java.net.ProtocolException;

/**
 * Follows the chunks of a body, so that nothing beyond it is handed to the library. It also sees to it that a chunk is as long as
 * it says (RFC 9112, section 7.1): the library skips what is too much.
 */
final class ChunkFraming {

    private enum Part {
        SIZE,
        EXTENSION,
        DATA,
        END_OF_DATA,
        TRAILERS
    }

    private static final int HEXADECIMAL = 16;

    /** More than this the library refuses. */
    private static final long LARGEST_BUT_ONE_DIGIT = Long.MAX_VALUE / HEXADECIMAL;

    private Part part = Part.SIZE;
    private long size;

    /** Returns how many of the bytes belong together and may be handed over, at least one. */
    int next(byte[] bytes, int offset, int count) throws ProtocolException {
        if (part == Part.DATA) {
            int data = (int) Math.min(count, size);
            size -= data;
            part = size == 0 ? Part.END_OF_DATA : Part.DATA;
            return data;
        }
        for (int index = 0; index < count; index++) {
            byte next = bytes[offset + index];
            accept(next);
            if (next == '\n') {
                return index + 1;
            }
        }
        return count;
    }

    private void accept(byte next) throws ProtocolException {
        if (next == '\n') {
            endLine();
        } else if (part == Part.SIZE) {
            acceptSize(next);
        } else if (part == Part.END_OF_DATA && next != '\r') {
            throw new ProtocolException("A chunk is longer than it says");
        }
    }

    /** What is no size at all is left to the library to find. */
    private void acceptSize(byte next) {
        int digit = Character.digit(next, HEXADECIMAL);
        if (digit < 0 || size > LARGEST_BUT_ONE_DIGIT) {
            part = Part.EXTENSION;
        } else {
            size = size * HEXADECIMAL + digit;
        }
    }

    private void endLine() {
        part = switch (part) {
            case SIZE, EXTENSION -> size == 0 ? Part.TRAILERS : Part.DATA;
            case END_OF_DATA -> Part.SIZE;
            case DATA, TRAILERS -> part;
        };
    }
}
