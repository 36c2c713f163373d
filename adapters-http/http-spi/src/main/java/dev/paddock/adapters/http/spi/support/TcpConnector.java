package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * Opens the TCP connection of one call to the server, or to the proxy on the way to it: looks the host up and tries its addresses, the
 * next one 250 ms after the one before, all within one connect timeout that starts when the connector is created. The first connection
 * that is open is kept, the others are closed. Used by the thread of the call.
 */
public final class TcpConnector {

    /** Takes a socket that is connected, so that the end of the call closes it. */
    @FunctionalInterface
    public interface SocketOwner {

        /** Takes the socket. */
        void own(Socket socket) throws IOException;
    }

    /** Opens the connection to one address. Several threads may do so at the same time, for different addresses. */
    @FunctionalInterface
    public interface Opener<T> {

        /**
         * Returns the open connection.
         *
         * @param limit how long opening may take, positive
         * @param opening is to be told what closes the connection, before it is opened
         * @throws IOException if it cannot be opened, or the call has ended; nothing is left open then
         */
        T open(InetSocketAddress address, Duration limit, Opening opening) throws IOException;
    }

    /** A connection that is being opened. */
    @FunctionalInterface
    public interface Opening {

        /**
         * Takes what closes the connection when the call ends or another address was faster. Any thread may close it, also when it is open already.
         *
         * @throws IOException if it is not to be opened any more; it is closed then
         */
        void closeWith(Closeable connection) throws IOException;
    }

    private final AbstractTransportCall call;
    private final TransportState transport;
    private final long startedAt = System.nanoTime();

    /** Starts the connect timeout of a call. */
    public TcpConnector(AbstractTransportCall call) {
        this.call = call;
        this.transport = call.transport();
    }

    /**
     * Connects, in phase CONNECT of the call, and opens the tunnel through a proxy if one is needed.
     *
     * @return a connected socket with a channel, for its owner to close
     * @throws IOException if no address can be connected in time, the proxy opens no tunnel, or the call ends
     */
    public Socket connect(SocketOwner owner) throws IOException {
        Socket connected = connectWith(TcpConnector::open);
        try {
            owner.own(connected);
            call.requireRunning(); // it may have ended before the owner could close the socket
        } catch (IOException | RuntimeException failure) {
            connected.close();
            throw failure;
        }
        ProxyTunnel tunnel = ProxyTunnel.needed(transport);
        if (tunnel != null) {
            tunnel.open(connected, remaining(), call);
        }
        return connected;
    }

    private static Socket open(InetSocketAddress address, Duration limit, Opening opening) throws IOException {
        Socket socket = SocketChannel.open().socket();
        try {
            opening.closeWith(socket);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(address, TimeoutMillis.of(limit));
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /**
     * Opens a connection that is no socket of the platform, in phase CONNECT of the call. It does not open the {@link ProxyTunnel} that a
     * connection through a proxy may need.
     *
     * @throws IOException if no address can be connected in time, or the call ends
     */
    public <T> T connectWith(Opener<T> opener) throws IOException {
        call.enter(CallPhase.CONNECT);
        Endpoint next = transport.connectEndpoint();
        List<InetAddress> addresses = HostLookup.addressesOf(next.host(), remaining(), call);
        return new AddressRace<>(call, this, opener).run(addresses, next.port());
    }

    /**
     * Returns what is left of the connect timeout, positive.
     *
     * @throws SocketTimeoutException if nothing is left
     */
    public Duration remaining() throws SocketTimeoutException {
        Duration left = transport.settings().connectTimeout().minus(elapsed());
        if (left.isNegative() || left.isZero()) {
            throw new SocketTimeoutException("Connect timed out");
        }
        return left;
    }

    /** Returns the time since the connector was created. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /**
     * Returns whether an idle connection is stale: the server has closed it or has sent unasked bytes. Takes a byte that has
     * arrived, so a stale connection is of no further use. Over TLS the byte may be part of a message that is no response; a new
     * connection is cheaper than to find out. Does not wait.
     *
     * @param plain a socket that {@link #connect} returned
     */
    public static boolean isStale(Socket plain) {
        SocketChannel channel = plain.getChannel();
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
}
