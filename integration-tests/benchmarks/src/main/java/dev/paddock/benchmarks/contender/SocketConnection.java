package dev.paddock.benchmarks.contender;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A socket with a buffer and just enough HTTP for the upstream. Not thread-safe. */
public final class SocketConnection implements AutoCloseable {

    private static final int INITIAL_SIZE = 65_536;
    private static final byte[] LENGTH = "Content-Length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "Connection: close".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private byte[] bytes = new byte[INITIAL_SIZE];
    private int start;
    private int end;
    private boolean closing;

    /** Connects to a port of this machine. */
    public SocketConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        input = socket.getInputStream();
        output = socket.getOutputStream();
    }

    /** Sends a request. */
    public void post(String path, byte[] body) throws IOException {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        output.write(request);
    }

    /** Reads the head of an answer, whose body then begins at {@link #start}; 0 when its length is unknown. */
    public int readHead() throws IOException {
        start = 0;
        end = 0;
        int line = 0;
        int length = 0;
        closing = false;
        while (true) {
            int next = lineEnd(line);
            if (next - line == 2) {
                start = next;
                return length;
            }
            if (startsWith(line, LENGTH)) {
                length = number(line + LENGTH.length, 10);
            } else if (startsWith(line, CLOSE)) {
                closing = true;
            }
            line = next;
        }
    }

    /** Makes the body of this length be there. */
    public void readBody(int length) throws IOException {
        while (end - start < length) {
            fill();
        }
    }

    /** Makes the next chunk be there, at {@link #start}, and returns its length; 0 at the end. */
    public int readChunk() throws IOException {
        int data = lineEnd(start);
        int length = number(start, 16);
        start = data;
        readBody(length + 2);
        return length;
    }

    /** Goes behind a chunk. */
    public void skipChunk(int length) {
        start += length + 2;
    }

    /** Returns the buffer; the next read may replace it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the place in the buffer of what was read last. */
    public int start() {
        return start;
    }

    boolean closing() {
        return closing;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int lineEnd(int from) throws IOException {
        int index = from;
        while (true) {
            while (index == end) {
                fill();
            }
            if (bytes[index++] == '\n') {
                return index;
            }
        }
    }

    private void fill() throws IOException {
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int count = input.read(bytes, end, bytes.length - end);
        if (count < 0) {
            throw new EOFException("the server closed within an answer");
        }
        end += count;
    }

    private boolean startsWith(int at, byte[] expected) {
        for (int index = 0; index < expected.length; index++) {
            if ((bytes[at + index] | 0x20) != (expected[index] | 0x20)) { // servers write names in any case
                return false;
            }
        }
        return true;
    }

    private int number(int at, int radix) {
        int number = 0;
        for (int index = at; bytes[index] != '\r'; index++) {
            number = number * radix + Character.digit(bytes[index], radix);
        }
        return number;
    }
}
