package dev.paddock.adapters.http.okhttp;

import dev.paddock.domain.pool.CloseReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the library's pool does not show it: the sockets and streams below it, which we make ourselves. Used by one
 * call at a time, unless it is multiplexed; it may be closed from any thread.
 */
final class OkHttpConnection {

    private final OpenConnections connections;
    private final OkHttpConnectionLifecycle life;
    private final SocketChannel channel;
    private volatile @Nullable ConnectionInput input;
    private volatile @Nullable ConnectionOutput output;
    private volatile @Nullable SSLSocket secured;
    private volatile boolean multiplexed;

    private OkHttpConnection(OpenConnections connections, SocketChannel channel) {
        this.connections = connections;
        this.channel = channel;
        this.life = new OkHttpConnectionLifecycle(connections);
    }

    /** Makes a connection that is not connected yet. A channel's socket can be asked without waiting, and be interrupted. */
    static OkHttpConnection create(OpenConnections connections) throws IOException {
        OkHttpConnection connection = new OkHttpConnection(connections, SocketChannel.open());
        connections.add(connection);
        return connection;
    }

    OkHttpConnectionLifecycle lifecycle() {
        return life;
    }

    SocketChannel channel() {
        return channel;
    }

    /** Takes the TLS that lies upon the connection. */
    void secure(SSLSocket tls) {
        secured = tls;
    }

    /** Takes the streams that requests and responses pass through, decrypted. */
    void attachStreams(InputStream from, OutputStream to) {
        input = new ConnectionInput(from);
        output = new ConnectionOutput(to);
    }

    /** Says that the library's HTTP/2 has the connection to itself. */
    void markMultiplexed() {
        multiplexed = true;
    }

    boolean isMultiplexed() {
        return multiplexed;
    }

    /** Returns the input, or null when the connection is multiplexed or not open. */
    @Nullable ConnectionInput input() {
        return input;
    }

    /** Returns the output, or null when the connection is multiplexed or not open. */
    @Nullable ConnectionOutput output() {
        return output;
    }

    /** Returns how many bytes of responses have arrived. */
    long received() {
        ConnectionInput current = input;
        return current == null ? 0 : current.received();
    }

    /**
     * Tells whether an idle connection can take another request, and sets it aside for the call that asks; closes it
     * otherwise. Of a connection in use it is not asked in earnest: yes. Costs microseconds.
     */
    boolean reserveIfUsable() {
        return switch (life.reserve()) {
            case NOT_NEEDED -> true;
            case MADE -> multiplexed || !closeIfStale();
            case REFUSED -> {
                abort();
                yield false;
            }
        };
    }

    private boolean closeIfStale() {
        boolean stale = isStale();
        if (stale) {
            life.setCloseReason(CloseReason.STALE);
            abort();
        }
        return stale;
    }

    /** Tells whether the server has closed, or has said something that nobody asked for. */
    private boolean isStale() {
        ConnectionInput current = input;
        return current == null || current.hasArrived() || hasSpokenOrLeft();
    }

    /** Over TLS this may be something encrypted that is no response; a new connection is cheaper than to find out. */
    private boolean hasSpokenOrLeft() {
        try {
            channel.configureBlocking(false);
            try {
                return channel.read(ByteBuffer.allocate(1)) != 0;
            } finally {
                channel.configureBlocking(true);
            }
        } catch (IOException broken) {
            return true;
        }
    }

    void closeIfIdle(Duration unusedFor) {
        if (life.endIfIdle(unusedFor)) {
            close();
        }
    }

    /** Closes the connection after a complete exchange. */
    void close(CloseReason reason) {
        life.setCloseReason(reason);
        close();
    }

    /** Ends TLS in order, which does not wait for the server to do so too (RFC 8446, section 6.1). */
    private void close() {
        SSLSocket tls = secured;
        try {
            if (tls != null) {
                tls.close();
            }
        } catch (IOException failure) {
            // Nobody is there to hear it.
        } finally {
            abort();
        }
    }

    /** Closes the connection at once, in whatever state it is. */
    void abort() {
        try {
            channel.close();
        } catch (IOException failure) {
            // It is of no use any more in any case.
        } finally {
            life.end();
            connections.remove(this);
        }
    }
}
