package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
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
 * Opens the TCP connection of one call to the server, or to the proxy on the way to it: looks the host up and tries its addresses in turn,
 * all within one connect timeout that starts when the connector is created. Used by the thread of the call.
 */
public final class TcpConnector {

    /** Takes a socket before it is connected, so that the end of the call closes it. */
    @FunctionalInterface
    public interface SocketOwner {

        /** Takes the socket of the next address; the one before is closed. */
        void own(Socket socket) throws IOException;
    }

    /** Opens the connection to one address. */
    @FunctionalInterface
    public interface Opener<T> {

        /**
         * Returns the open connection.
         *
         * @param limit how long opening may take, positive
         * @throws IOException if it cannot be opened, or the call has ended; nothing is left open then
         */
        T open(InetSocketAddress address, Duration limit) throws IOException;
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
     * Connects, in phase CONNECT of the call, and opens the tunnel through a proxy if one is needed. Each address gets an equal share of
     * the remaining time.
     *
     * @return a connected socket with a channel, for its owner to close
     * @throws IOException if no address can be connected in time, the proxy opens no tunnel, or the call ends
     */
    public Socket connect(SocketOwner owner) throws IOException {
        Socket connected = connectWith((address, limit) -> open(address, limit, owner));
        ProxyTunnel tunnel = ProxyTunnel.needed(transport);
        if (tunnel != null) {
            tunnel.open(connected, remaining(), call);
        }
        return connected;
    }

    private Socket open(InetSocketAddress address, Duration limit, SocketOwner owner) throws IOException {
        Socket socket = SocketChannel.open().socket();
        try {
            owner.own(socket);
            // Connecting would otherwise go on for a call that ended just before its socket could be closed.
            call.requireRunning();
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
     * Opens a connection that is no socket of the platform, in phase CONNECT of the call. Each address gets an equal share of the
     * remaining time. It does not open the {@link ProxyTunnel} that a connection through a proxy may need.
     *
     * @throws IOException if no address can be connected in time, or the call ends
     */
    public <T> T connectWith(Opener<T> opener) throws IOException {
        call.enter(CallPhase.CONNECT);
        Endpoint next = transport.connectEndpoint();
        List<InetAddress> addresses = HostLookup.addressesOf(next.host(), transport.resolver(), remaining(), call);
        IOException lastFailure = null;
        for (int index = 0; index < addresses.size(); index++) {
            Duration share = remaining().dividedBy(addresses.size() - index);
            try {
                return opener.open(new InetSocketAddress(addresses.get(index), next.port()), share);
            } catch (IOException failure) {
                call.requireRunning();
                if (lastFailure != null) {
                    failure.addSuppressed(lastFailure);
                }
                lastFailure = failure;
            }
        }
        throw requireNonNull(lastFailure, "a lookup finds at least one address");
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
