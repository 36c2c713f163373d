package dev.paddock.adapters.http.spi.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * What has arrived on one connection, buffered and counted. Needs no lock, unlike the platform's buffered stream: one thread at a
 * time uses it.
 */
public final class ReceivedBytes extends InputStream {

    /** The size of the buffer, and the number of bytes that one read returns at most. */
    public static final int BUFFER_SIZE = 8192;

    private final InputStream socket;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    private int position;
    private int limit;
    private long total;

    /** Creates the input of a connection from that of its socket. */
    public ReceivedBytes(InputStream socket) {
        this.socket = socket;
    }

    /** Returns how many bytes have arrived on the connection, read or not. */
    public long total() {
        return total;
    }

    /** Returns whether bytes have arrived that were not read; false for a broken connection. */
    public boolean hasArrived() {
        try {
            return available() > 0;
        } catch (IOException broken) {
            return false;
        }
    }

    /** Returns how many bytes can be read without asking the socket. */
    public int buffered() {
        return limit - position;
    }

    @Override
    public int available() throws IOException {
        return buffered() + socket.available();
    }

    @Override
    public int read() throws IOException {
        return position == limit && !fill() ? -1 : buffer[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (position == limit && !fill()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        int count = socket.read(buffer, 0, BUFFER_SIZE);
        position = 0;
        limit = Math.max(0, count);
        total += limit;
        return count > 0;
    }

    /**
     * Reads a line, without its end.
     *
     * @throws ProtocolException if the line has more than 8 KiB
     * @throws EOFException if the input ends before the line
     */
    public static String readLine(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("The connection ended within a line");
            }
            if (line.length() > BUFFER_SIZE) {
                throw HttpViolation.LINE_LENGTH.toException();
            }
            line.append((char) next);
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }
}
