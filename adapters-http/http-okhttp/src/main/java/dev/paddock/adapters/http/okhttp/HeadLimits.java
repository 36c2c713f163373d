package dev.paddock.adapters.http.okhttp;

import java.net.ProtocolException;

/** Counts what arrives of the heads of one response, so that none is endless. The library has one limit of 256 kB for all. */
final class HeadLimits {

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_FIELDS = 100;
    private static final int MOST_INTERIM_RESPONSES = 8;

    private int lineLength;
    private boolean blank = true;
    private int lines;
    private int heads;

    /** Counts bytes, of which only the last may end a line. */
    void check(byte[] bytes, int offset, int count) throws ProtocolException {
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
