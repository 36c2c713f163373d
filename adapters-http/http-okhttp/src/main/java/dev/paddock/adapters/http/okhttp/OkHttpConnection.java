package dev.paddock.adapters.http.okhttp;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle.Reservation;
import dev.paddock.adapters.http.spi.support.TcpConnector;
import dev.paddock.adapters.http.spi.support.TlsHandshake;
import dev.paddock.domain.exchange.Headers;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection, the only part of a connection that the library's pool lets us own. It connects within the shared
 * time limit, does TLS, limits what the library reads to the current response, finds stale connections, and reports its closing.
 * Used by one call at a time, unless it is multiplexed; any thread may close it.
 */
final class OkHttpConnection extends Socket {

    private static final String HTTP_2 = "h2";

    private final OkHttpCall opener;
    private final TcpConnector tcp;
    private final boolean http2;
    private final ConnectionLifecycle life;
    private volatile @Nullable Socket plain;
    private volatile @Nullable Socket open; // with TLS, if the endpoint has it
    private volatile @Nullable ConnectionInput input; // null if multiplexed: HTTP/2 frames its messages
    private volatile boolean multiplexed;
    private volatile boolean answeredEarly;

    private OkHttpConnection(OkHttpCall opener, boolean http2) {
        this.opener = opener;
        this.tcp = new TcpConnector(opener);
        this.http2 = http2;
        this.life = new ConnectionLifecycle(opener.transport(), this::closeInOrder);
    }

    /** Returns the number of the connection. */
    String id() {
        return life.id();
    }

    /** Begins the use by one call; returns whether another call has used the connection before. */
    boolean lease() {
        boolean reused = !life.open(tcp.elapsed());
        if (reused) {
            life.leaseAgain();
        }
        return reused;
    }

    /** Returns whether the connection speaks HTTP/2. */
    boolean isMultiplexed() {
        return multiplexed;
    }

    /** Returns the input, or null for a multiplexed connection. */
    @Nullable ConnectionInput input() {
        return input;
    }

    /** Returns how many bytes have arrived; zero for a multiplexed connection. */
    long received() {
        ConnectionInput current = input;
        return current == null ? 0 : current.received().total();
    }

    /** Connects to the addresses of the host instead of the given one: the library has no timeout for all of them together. */
    @Override
    public void connect(SocketAddress ignoredAddress, int ignoredTimeout) throws IOException {
        Socket socket = tcp.connect(next -> plain = next);
        Socket connected = opener.transport().endpoint().secure() ? secure(socket) : socket;
        if (!multiplexed) {
            input = new ConnectionInput(connected.getInputStream());
        }
        open = connected;
    }

    private SSLSocket secure(Socket socket) throws IOException {
        String[] protocols = http2 ? new String[] {HTTP_2, "http/1.1"} : new String[] {"http/1.1"};
        SSLSocket secured = TlsHandshake.perform(socket, opener, protocols);
        multiplexed = http2 && HTTP_2.equals(secured.getApplicationProtocol());
        if (http2 && !multiplexed) {
            throw new Http2RefusedException();
        }
        return secured;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        ConnectionInput limited = input;
        return limited == null ? requireNonNull(open, "connected").getInputStream() : limited;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(requireNonNull(open, "connected").getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (answeredEarly) {
                    throw new IOException("The server has answered before the request was sent");
                }
                out.write(bytes, offset, length);
            }
        };
    }

    /**
     * Makes writes fail if a response has arrived. A server may answer before it has read the body, for example that the body is
     * too large (RFC 9112, section 9.3); the library looks for an early response only when it cannot write.
     */
    void stopSendingIfAnswered() {
        ConnectionInput current = input;
        answeredEarly |= current != null && current.received().hasArrived();
    }

    /** Returns the socket that is written to. */
    Socket connected() {
        return requireNonNull(open, "connected");
    }

    /** The library asks before it reuses an idle connection, and takes another one when this one is closed. */
    @Override
    public boolean isClosed() {
        boolean refused = life.reserve(this::isStale) == Reservation.REFUSED;
        if (refused) {
            close();
        }
        return refused;
    }

    /** The library itself watches multiplexed connections. */
    private boolean isStale() {
        ConnectionInput current = input;
        return current != null
                && (current.received().hasArrived() || TcpConnector.isStale(requireNonNull(plain, "connected")));
    }

    /** Ends the use by one call, and closes the connection unless it may be kept. */
    void release(Headers response, boolean reusable, boolean persistent) {
        ConnectionInput current = input;
        if (current != null) {
            current.expectNothing();
        }
        if (life.release(response, reusable, persistent) == null) {
            closeInOrder();
        }
    }

    /** Ends TLS in order, without waiting for the server's end (RFC 8446, section 6.1). */
    private void closeInOrder() {
        Socket connected = open;
        try {
            if (connected != null) {
                connected.close();
            }
        } catch (IOException | RuntimeException failure) {
            // The connection is closed all the same; a defect of a TLS provider must not fail a received response.
        } finally {
            close();
        }
    }

    /** Closes the connection at once, whatever its state. */
    @Override
    public void close() {
        Socket socket = plain;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException failure) {
            // The connection is of no use any more in any case.
        } finally {
            life.close();
        }
    }

    @Override
    public void shutdownInput() {
        close();
    }

    @Override
    public void shutdownOutput() {
        close();
    }

    /** Ignored: the library's timers are off. */
    @Override
    public void setSoTimeout(int ignoredMilliseconds) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    /** The server chose another protocol than HTTP/2. */
    static final class Http2RefusedException extends IOException {

        private static final long serialVersionUID = 1L;

        Http2RefusedException() {
            super("The server does not speak HTTP/2");
        }
    }

    /** Makes the sockets of the connections that one call opens. */
    static final class Factory extends SocketFactory {

        private final OkHttpCall opener;
        private final boolean http2;

        Factory(OkHttpCall opener, boolean http2) {
            this.opener = opener;
            this.http2 = http2;
        }

        @Override
        public Socket createSocket() {
            return new OkHttpConnection(opener, http2);
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("the library connects the sockets itself");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return createSocket(host.getHostAddress(), port);
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            return createSocket(address, port);
        }
    }
}
