package dev.paddock.adapters.http.server.decoding;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Finds the path in a head that is incomplete or wrong, because it determines the format of the refusal. */
final class PathBegin {

    private static final int MAX_METHOD = 64;
    private static final int MAX_PATH = 64;

    private PathBegin() {}

    /**
     * Returns the first bytes of the path, or null if there is none.
     *
     * @param from the index of the first byte of the head, or of an empty line before it
     */
    static @Nullable String find(ByteBuf buffer, int from) {
        int end = buffer.writerIndex();
        int begin = buffer.indexOf(from, Math.min(end, from + MAX_METHOD), (byte) ' ') + 1;
        if (begin == 0 || begin == end || buffer.getByte(begin) != '/') {
            return null;
        }
        StringBuilder path = new StringBuilder(MAX_PATH);
        for (int at = begin; at < end && path.length() < MAX_PATH; at++) {
            char character = (char) Byte.toUnsignedInt(buffer.getByte(at));
            if (character <= ' ' || character == '?') {
                break;
            }
            path.append(character);
        }
        return path.toString();
    }
}
