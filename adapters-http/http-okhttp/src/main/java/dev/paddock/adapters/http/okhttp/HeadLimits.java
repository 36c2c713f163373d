package dev.paddock.adapters.http.okhttp;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * Limits the heads of one response, interim ones included, and requires HTTP/1. The library has one limit of 256 kB for all heads,
 * and accepts other protocols.
 */
final class HeadLimits {

    private static final byte[] BEGINNING = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_LINE = 8192;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_INTERIM_RESPONSES = 8;

    private int lineLength;
    private boolean blank = true;
    private int lines;
    private int heads;

    /** Returns how many of the bytes belong to one line of a head, at least one. */
    int next(byte[] bytes, int offset, int most) throws ProtocolException {
        int count = 1;
        while (count < most && bytes[offset + count - 1] != '\n') {
            count++;
        }
        check(bytes, offset, count);
        return count;
    }

    private void check(byte[] bytes, int offset, int count) throws ProtocolException {
        if (lines == 0) {
            requireProtocol(bytes, offset, count);
        }
        boolean ends = bytes[offset + count - 1] == '\n';
        int length = ends ? count - 1 : count;
        lineLength += length;
        blank &= length == 0 || (length == 1 && bytes[offset] == '\r');
        if (lineLength > MAX_LINE) {
            throw new ProtocolException("A line of the head is too long");
        }
        if (ends) {
            endLine();
        }
    }

    private void requireProtocol(byte[] bytes, int offset, int count) throws ProtocolException {
        for (int index = lineLength; index < Math.min(BEGINNING.length, lineLength + count); index++) {
            if (bytes[offset + index - lineLength] != BEGINNING[index]) {
                throw new ProtocolException("The response is not of HTTP/1");
            }
        }
    }

    private void endLine() throws ProtocolException {
        if (blank) {
            heads++;
            lines = 0;
        } else {
            lines++;
        }
        lineLength = 0;
        blank = true;
        if (lines > MAX_FIELDS + 1) {
            throw new ProtocolException("The head has too many fields");
        }
        if (heads > MAX_INTERIM_RESPONSES + 1) {
            throw new ProtocolException("Too many interim responses");
        }
    }
}
