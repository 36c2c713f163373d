package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.BodyFraming;
import dev.paddock.domain.exchange.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/** The bytes of a body without its framing (RFC 9112, section 6). */
abstract sealed class ResponseBody {

    private static final int LONGEST_SIZE = 15;

    final SocketConnection connection;

    private ResponseBody(SocketConnection connection) {
        this.connection = connection;
    }

    /** Returns the body of a response; reading it gives -1 at its end. */
    static ResponseBody of(String method, ResponseHead head, SocketConnection connection) throws IOException {
        String violation = BodyFraming.violation(head.headers());
        if (violation != null) {
            throw new ProtocolException(violation);
        }
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new OfLength(connection, 0);
        }
        if (head.headers().contains("Transfer-Encoding")) {
            return new Chunked(connection);
        }
        long length = head.headers().contentLength();
        return length == Headers.UNKNOWN_LENGTH ? new UntilClose(connection) : new OfLength(connection, length);
    }

    /** Reads at least one byte, or returns -1 at the end. */
    abstract int read(byte[] buffer, int offset, int length) throws IOException;

    /** Tells whether the end has been reached, as far as that is known without reading. */
    abstract boolean isComplete();

    /** Tells whether the connection is at the start of the next response after the end. */
    boolean endsWithoutTheConnection() {
        return true;
    }

    final int readSome(byte[] buffer, int offset, int length) throws IOException {
        int count = connection.read(buffer, offset, length);
        if (count < 0) {
            throw new EOFException("the connection ended within the body");
        }
        return count;
    }

    private static final class OfLength extends ResponseBody {

        private long left;

        private OfLength(SocketConnection connection, long length) {
            super(connection);
            this.left = length;
        }

        @Override
        int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = readSome(buffer, offset, (int) Math.min(length, left));
            left -= count;
            return count;
        }

        @Override
        boolean isComplete() {
            return left == 0;
        }
    }

    private static final class Chunked extends ResponseBody {

        private long left;
        private boolean started;
        private boolean complete;

        private Chunked(SocketConnection connection) {
            super(connection);
        }

        @Override
        int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0 && !complete) {
                startChunk();
            }
            if (complete) {
                return -1;
            }
            int count = readSome(buffer, offset, (int) Math.min(length, left));
            left -= count;
            return count;
        }

        private void startChunk() throws IOException {
            if (started && !connection.readLine().isEmpty()) {
                throw new ProtocolException("a chunk is longer than its size");
            }
            started = true;
            String size = connection.readLine().split(";", 2)[0].strip();
            if (size.length() > LONGEST_SIZE || !size.matches("[0-9a-fA-F]+")) {
                throw new ProtocolException("not the size of a chunk");
            }
            left = Long.parseLong(size, 16);
            if (left == 0) {
                while (!connection.readLine().isEmpty()) {
                    // Trailers are of no use to anybody here.
                }
                complete = true;
            }
        }

        @Override
        boolean isComplete() {
            return complete;
        }
    }

    private static final class UntilClose extends ResponseBody {

        private boolean complete;

        private UntilClose(SocketConnection connection) {
            super(connection);
        }

        @Override
        int read(byte[] buffer, int offset, int length) throws IOException {
            int count = complete ? -1 : connection.read(buffer, offset, length);
            complete = count < 0;
            return count;
        }

        @Override
        boolean isComplete() {
            return complete;
        }

        @Override
        boolean endsWithoutTheConnection() {
            return false;
        }
    }
}
