package dev.paddock.adapters.http.apache5;

import dev.paddock.domain.pool.CloseReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection in the library's pool that reports its own life. Every way in which the library closes a connection
 * ends in close here, so none goes unreported.
 */
final class Apache5Connection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    /** The library refuses the field that reaches its limit, so that 100 fields are allowed here. */
    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxHeaderCount(101).setMaxLineLength(8192).build();

    private static final Timeout SHORTEST_WAIT = Timeout.ofMilliseconds(1);

    private final Apache5ConnectionLifecycle life;
    private volatile @Nullable WatchedSocket watched;
    private volatile boolean notReusable;

    Apache5Connection(Apache5ConnectionLifecycle life) {
        // The library does not hand its parsers the limits of the connection.
        super(LIMITS, null, null, null, null, new EarlyResponseDetector(), null, none -> new DefaultHttpResponseParser(LIMITS));
        this.life = life;
    }

    Apache5ConnectionLifecycle lifecycle() {
        return life;
    }

    /** Makes the connection unfit for another request, once the current one has ended. */
    void markNonReusable() {
        notReusable = true;
    }

    @Override
    public boolean isConsistent() {
        return !notReusable && super.isConsistent();
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new WatchedSocket(socket));
    }

    @Override
    public void bind(SSLSocket secured, Socket socket) throws IOException {
        bind(new WatchedSocket(secured, socket));
    }

    private void bind(WatchedSocket socket) throws IOException {
        watched = socket;
        super.bind(socket);
        if (life.isClosed()) {
            close(CloseMode.IMMEDIATE);
            throw new SocketException("Socket closed");
        }
    }

    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream input) {
        return length == ContentLengthStrategy.CHUNKED
                ? new ChunkedInputStream(new StrictChunkSizes(buffer), input, LIMITS)
                : super.createContentInputStream(length, buffer, input);
    }

    /** Reports the connection as open, unless somebody closed it while it was being opened. */
    void opened(Duration connectTime) throws IOException {
        if (!life.open(connectTime)) {
            throw new SocketException("Socket closed");
        }
    }

    long received() {
        WatchedSocket socket = watched;
        return socket == null ? 0 : socket.received();
    }

    boolean isEnded() {
        WatchedSocket socket = watched;
        return socket != null && socket.isEnded();
    }

    /** Tells whether anything of a response can be read. */
    boolean hasInput() {
        try {
            return isDataAvailable(SHORTEST_WAIT);
        } catch (IOException broken) {
            return false;
        }
    }

    /**
     * Tells whether the connection cannot take another request: the server has closed it, or has said something that
     * nobody asked for and that must not pass for the answer to the next request. Costs microseconds.
     */
    @Override
    public boolean isStale() throws IOException {
        WatchedSocket socket = watched;
        if (socket == null) {
            return true;
        }
        socket.setWaiting(false);
        try {
            boolean stale = !isOpen() || isReadable();
            if (stale) {
                life.setCloseReason(CloseReason.STALE);
            }
            return stale;
        } finally {
            socket.setWaiting(true);
        }
    }

    /** Tells whether reading would bring anything but a wait: bytes, the end, or a failure. */
    private boolean isReadable() {
        try {
            return isDataAvailable(SHORTEST_WAIT) || isEnded();
        } catch (IOException broken) {
            return true;
        }
    }

    @Override
    public @Nullable Socket getSocket() {
        WatchedSocket socket = watched;
        return socket == null ? null : socket.getSocket();
    }

    /** Closes in the way that does not wait for the server's end of TLS. */
    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    @Override
    public void close(CloseMode mode) {
        super.close(mode);
        life.close();
    }

    @Override
    public void passivate() {
        // The read timeout stays as it is: nobody reads an idle connection.
    }

    @Override
    public void activate() {
        // See passivate().
    }
}
