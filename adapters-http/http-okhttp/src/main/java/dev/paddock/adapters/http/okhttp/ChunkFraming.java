package dev.paddock.adapters.http.okhttp;

import java.net.ProtocolException;

/**
 * Finds the end of a chunked body, so that the library reads no further. Also rejects a chunk that is longer than its announced
 * size (RFC 9112, section 7.1): the library would skip the excess.
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

    /** The library refuses larger sizes. */
    private static final long LARGEST_BUT_ONE_DIGIT = Long.MAX_VALUE / HEXADECIMAL;

    private Part part = Part.SIZE;
    private long size;

    /** Returns how many of the bytes may be handed to the library next, at least one. */
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
            throw new ProtocolException("A chunk is longer than its announced size");
        }
    }

    /** The library finds invalid sizes itself. */
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
