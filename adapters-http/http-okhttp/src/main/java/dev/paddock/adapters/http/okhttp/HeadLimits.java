package dev.paddock.adapters.http.okhttp;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the heads of one response as they arrive, so that none is endless and each is of HTTP/1. The library has one limit of
 * 256 kB for all, and knows protocols of radio stations.
 */
final class HeadLimits {

    private static final byte[] BEGINNING = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_FIELDS = 100;
    private static final int MOST_INTERIM_RESPONSES = 8;

    private int lineLength;
    private boolean blank = true;
    private int lines;
    private int heads;

    /** Counts bytes, of which only the last may end a line. */
    void check(byte[] bytes, int offset, int count) throws ProtocolException {
        if (lines == 0) {
            requireProtocol(bytes, offset, count);
        }
        boolean ends = bytes[offset + count - 1] == '\n';
        int length = ends ? count - 1 : count;
        lineLength += length;
        blank &= length == 0 || (length == 1 && bytes[offset] == '\r');
        if (lineLength > LONGEST_LINE) {
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
        if (lines > MOST_FIELDS + 1) {
            throw new ProtocolException("The head has too many fields");
        }
        if (heads > MOST_INTERIM_RESPONSES + 1) {
            throw new ProtocolException("Too many interim responses");
        }
    }
}
