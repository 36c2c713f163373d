package dev.paddock.adapters.http.okhttp;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.TlsHandshake;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.pool.CloseReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection, the only part of a connection that the library's pool lets us own. It connects within the shared
 * time limit, does TLS, limits what the library reads to the current response, finds stale connections, and reports its closing.
 * Used by one call at a time, unless it is multiplexed; any thread may close it.
 */
final class OkHttpConnection extends Socket {

    private static final String HTTP_2 = "h2";

    private final OkHttpTransport transport;
    private final OkHttpCall opener;
    private final ConnectionLifecycle life;
    private final SocketChannel channel;
    private volatile @Nullable Socket open; // with TLS, if the endpoint has it
    private volatile @Nullable ConnectionInput input;
    private volatile @Nullable ConnectionOutput output;
    private volatile boolean multiplexed;

    private OkHttpConnection(OkHttpTransport transport, OkHttpCall opener, SocketChannel channel) {
        this.transport = transport;
        this.opener = opener;
        this.channel = channel;
        this.life = new ConnectionLifecycle(transport.state());
    }

    ConnectionLifecycle lifecycle() {
        return life;
    }

    /** Returns whether the given call opened this connection and uses it for the first time. */
    boolean isOpenedBy(OkHttpCall call) {
        return opener == call;
    }

    /** Returns whether the connection speaks HTTP/2. */
    boolean isMultiplexed() {
        return multiplexed;
    }

    ConnectionInput input() {
        return requireNonNull(input, "input");
    }

    ConnectionOutput output() {
        return requireNonNull(output, "output");
    }

    /** Returns how many bytes have arrived. */
    long received() {
        ConnectionInput current = input;
        return current == null ? 0 : current.received();
    }

    /** Connects within the share of the call's connect timeout; the library has only a timeout for each address. */
    @Override
    public void connect(SocketAddress address, int ignoredTimeout) throws IOException {
        Duration limit = opener.nextConnectTime();
        opener.requireRunning();
        Socket plain = channel.socket();
        plain.setTcpNoDelay(true);
        plain.setKeepAlive(true);
        plain.connect(address, TimeoutMillis.of(limit));
        Socket connected = plain;
        if (transport.requests().endpoint().secure()) {
            try {
                connected = secure(plain);
            } catch (IOException failure) {
                opener.connectFailed(failure);
                throw failure;
            } catch (RuntimeException defect) {
                IOException failure = new SSLException("The TLS provider failed", defect);
                opener.connectFailed(failure);
                throw failure;
            }
        }
        input = new ConnectionInput(connected.getInputStream());
        output = new ConnectionOutput(connected.getOutputStream());
        open = connected;
    }

    private SSLSocket secure(Socket plain) throws IOException {
        opener.enter(CallPhase.TLS);
        opener.requireRunning();
        boolean http2 = opener.speaksHttp2();
        String[] protocols = http2 ? new String[] {HTTP_2, "http/1.1"} : new String[] {"http/1.1"};
        SSLSocket secured =
                TlsHandshake.perform(plain, transport.requests().endpoint(), transport.settings(), protocols);
        multiplexed = http2 && HTTP_2.equals(secured.getApplicationProtocol());
        if (http2 && !multiplexed) {
            throw new Http2RefusedException();
        }
        return secured;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return multiplexed ? requireNonNull(open).getInputStream() : input();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return multiplexed ? requireNonNull(open).getOutputStream() : output();
    }

    /** The library asks before it reuses an idle connection, and takes another one when this one is closed. */
    @Override
    public boolean isClosed() {
        return !channel.isOpen() || !reserveIfUsable();
    }

    /**
     * Reserves an idle connection for the call that asks if it can serve another request; closes it otherwise. Returns true for a
     * connection in use, about which the library asks without consequence. Costs microseconds.
     */
    private boolean reserveIfUsable() {
        ConnectionLifecycle.Reservation reservation = life.reserve();
        if (reservation == ConnectionLifecycle.Reservation.RESERVED && !multiplexed && isStale()) {
            life.setCloseReason(CloseReason.STALE);
            reservation = ConnectionLifecycle.Reservation.REFUSED;
        }
        if (reservation == ConnectionLifecycle.Reservation.REFUSED) {
            abort();
        }
        return reservation != ConnectionLifecycle.Reservation.REFUSED;
    }

    /**
     * Returns whether the server has closed the connection or has sent unasked bytes. Over TLS the bytes may be something
     * encrypted that is no response; a new connection is cheaper than to find out.
     */
    private boolean isStale() {
        if (input().hasArrived()) {
            return true;
        }
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
        if (life.closeIfIdle(unusedFor)) {
            closeInOrder();
        }
    }

    /** Closes the connection after a complete exchange. */
    void close(CloseReason reason) {
        life.setCloseReason(reason);
        closeInOrder();
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
            abort();
        }
    }

    /** Closes the connection at once, whatever its state. */
    void abort() {
        try {
            channel.close();
        } catch (IOException failure) {
            // The connection is of no use any more in any case.
        } finally {
            life.close();
            transport.remove(this);
        }
    }

    @Override
    public void close() {
        abort();
    }

    @Override
    public void shutdownInput() {
        abort();
    }

    @Override
    public void shutdownOutput() {
        abort();
    }

    /** Ignored: the library's timers are off. */
    @Override
    public void setSoTimeout(int ignoredMilliseconds) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public String toString() {
        return "connection " + life.id();
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

        private final OkHttpTransport transport;
        private final OkHttpCall opener;

        Factory(OkHttpTransport transport, OkHttpCall opener) {
            this.transport = transport;
            this.opener = opener;
        }

        /** A channel can be read without waiting, which finds stale connections. */
        @Override
        public Socket createSocket() throws IOException {
            OkHttpConnection connection = new OkHttpConnection(transport, opener, SocketChannel.open());
            transport.add(connection);
            return connection;
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
