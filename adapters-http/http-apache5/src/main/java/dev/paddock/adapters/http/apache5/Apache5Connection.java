package dev.paddock.adapters.http.apache5;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.support.ChunkedInput;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.TcpConnector;
import dev.paddock.domain.pool.CloseReason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection in the library's pool that reports its lifecycle. Every path on which the library closes a connection ends in
 * close here, so no closing goes unreported.
 */
final class Apache5Connection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    /** The library refuses the field that reaches its limit, so that 100 fields are allowed here. */
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxHeaderCount(101).setMaxLineLength(8192).setBufferSize(4096).build();

    private static final Timeout SHORTEST_WAIT = Timeout.ofMilliseconds(1);

    private final ConnectionLifecycle life;
    private volatile @Nullable WatchedInput input;
    private volatile @Nullable Socket socket;
    private volatile @Nullable Socket plainSocket;
    private volatile boolean notReusable;

    Apache5Connection(ConnectionLifecycle life) {
        // The library does not hand its parsers the limits of the connection.
        super(LIMITS, null, null, null, null, Apache5Connection::isEarlyResponse, null, none -> new DefaultHttpResponseParser(LIMITS));
        this.life = life;
    }

    ConnectionLifecycle lifecycle() {
        return life;
    }

    /** Lets the connection be closed when the current exchange has ended. */
    void markNonReusable() {
        notReusable = true;
    }

    @Override
    public boolean isConsistent() {
        return !notReusable && super.isConsistent();
    }

    /** A server may answer, for example that the body is too large, before it has read the body (RFC 9112, section 9.3). */
    private static boolean isEarlyResponse(
            ClassicHttpRequest request, HttpClientConnection connection, InputStream input, long sent, long next)
            throws IOException {
        return sent > 0 && input.available() > 0;
    }

    @Override
    public void bind(Socket plain) throws IOException {
        socket = plain;
        plainSocket = plain;
        bind(new SocketHolder(plain) {
            @Override
            protected InputStream getInputStream(Socket open) throws IOException {
                return watch(open.getInputStream(), false);
            }
        });
    }

    @Override
    public void bind(SSLSocket secured, Socket plain) throws IOException {
        socket = secured;
        plainSocket = plain;
        bind(new SocketHolder(secured, plain) {
            @Override
            protected InputStream getInputStream(Socket open) throws IOException {
                return watch(open.getInputStream(), true);
            }
        });
    }

    private WatchedInput watch(InputStream stream, boolean isSecured) {
        WatchedInput watched = new WatchedInput(stream, isSecured);
        input = watched;
        return watched;
    }

    @Override
    protected void bind(SocketHolder holder) throws IOException {
        super.bind(holder);
        if (life.isClosed()) {
            close(CloseMode.IMMEDIATE);
            throw new SocketException("Socket closed");
        }
    }

    /** The library accepts a sign before the size of a chunk, and takes the end of the connection for the end of trailers. */
    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream stream) {
        return length == ContentLengthStrategy.CHUNKED
                ? new ChunkedInput(super.createContentInputStream(ContentLengthStrategy.UNDEFINED, buffer, stream), buffer::length)
                : super.createContentInputStream(length, buffer, stream);
    }

    /** Reports the connection as open, unless it was closed while it was being opened. */
    void opened(Duration connectTime) throws IOException {
        if (!life.open(connectTime)) {
            throw new SocketException("Socket closed");
        }
    }

    /** Returns how many bytes have arrived. */
    long received() {
        WatchedInput watched = input;
        return watched == null ? 0 : watched.received();
    }

    /** Returns whether the server has ended its side. */
    boolean isEnded() {
        WatchedInput watched = input;
        return watched != null && watched.isEnded();
    }

    /** Returns whether bytes of a response can be read. */
    boolean hasInput() {
        try {
            return isDataAvailable(SHORTEST_WAIT);
        } catch (IOException broken) {
            return false;
        }
    }

    /**
     * Returns whether the connection is stale: the server has closed it, or has sent unasked bytes, which must not pass for the
     * answer to the next request. Costs microseconds.
     */
    @Override
    public boolean isStale() {
        boolean stale = !isOpen() || hasUnaskedInput();
        if (stale) {
            life.setCloseReason(CloseReason.STALE);
        }
        return stale;
    }

    private boolean hasUnaskedInput() {
        WatchedInput watched = requireNonNull(input, "input");
        watched.setWaiting(false);
        try {
            return isDataAvailable(SHORTEST_WAIT) || TcpConnector.isStale(requireNonNull(plainSocket, "socket"));
        } catch (IOException broken) {
            return true;
        } finally {
            watched.setWaiting(true);
        }
    }

    @Override
    public @Nullable Socket getSocket() {
        return socket;
    }

    /** Closes without waiting for the server's end of TLS. */
    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    @Override
    public void close(CloseMode mode) {
        try {
            super.close(mode);
        } catch (RuntimeException defect) {
            // A defect of a TLS provider must not turn a received response into a failure.
        } finally {
            // The library closes the socket on top only; when that fails, the one below stays open.
            Closer.closeQuietly(plainSocket);
            life.close();
        }
    }

    @Override
    public void passivate() {
        // The read timeout stays as it is: an idle connection is not read.
    }

    @Override
    public void activate() {
        // See passivate().
    }

    /** A socket's input that counts bytes and remembers its end, without copying. Confined to the call that has the connection. */
    private static final class WatchedInput extends FilterInputStream {

        private final boolean isSecured;
        private long received;
        private boolean ended;
        private boolean waiting = true;

        WatchedInput(InputStream input, boolean isSecured) {
            super(input);
            this.isSecured = isSecured;
        }

        /** Sets whether a read waits for the server, or returns -1 when nothing has arrived and been decrypted: the rest is in the socket. */
        void setWaiting(boolean waiting) {
            this.waiting = waiting;
        }

        long received() {
            return received;
        }

        boolean isEnded() {
            return ended;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(value < 0 ? value : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (!waiting && !(isSecured && in.available() > 0)) {
                return -1;
            }
            int count = in.read(buffer, offset, length);
            count(count);
            return count;
        }

        private void count(int count) {
            if (count < 0) {
                ended = true;
            } else {
                received += count;
            }
        }
    }
}
