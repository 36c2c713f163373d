package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: the host's addresses in turn within one connect timeout, then TLS. The library's own way
 * gives every address the whole timeout.
 */
final class Connector implements HttpClientConnectionOperator {

    private static final int MOST_ADDRESSES = 4;

    private final Endpoint endpoint;
    private final TransportSettings settings;
    private final Apache5TransportState events;
    private final Apache5DnsLookup names;

    Connector(Endpoint endpoint, TransportSettings settings, Apache5TransportState events, DnsResolver resolver) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.events = events;
        this.names = new Apache5DnsLookup(resolver);
    }

    @Override
    public void connect(
            ManagedHttpClientConnection opening,
            HttpHost host,
            @Nullable InetSocketAddress localAddress,
            @Nullable TimeValue timeout,
            SocketConfig socketConfig,
            HttpContext context)
            throws IOException {
        Apache5Connection connection = (Apache5Connection) opening;
        Apache5CallState state = (Apache5CallState) context;
        Countdown time = new Countdown(settings.connectTimeout());
        try {
            state.enter(CallPhase.CONNECT);
            Socket socket = connect(connection, state, time);
            if (endpoint.secure()) {
                state.enter(CallPhase.TLS);
                secure(connection, socket);
            }
            connection.opened(time.elapsed());
            state.use(connection, false);
        } catch (IOException | RuntimeException failure) {
            connection.close(CloseMode.IMMEDIATE);
            throw failure;
        }
    }

    private Socket connect(Apache5Connection connection, Apache5CallState state, Countdown time) throws IOException {
        InetAddress[] addresses = names.resolve(endpoint.host(), time, state);
        int candidates = Math.min(addresses.length, MOST_ADDRESSES);
        IOException lastFailure = null;
        for (int index = 0; index < candidates; index++) {
            Duration share = time.left().dividedBy(candidates - index);
            // A channel's socket can be asked without waiting whether the server has spoken or left.
            Socket socket = SocketChannel.open().socket();
            try {
                connection.bind(socket);
                requireRunning(state);
                connect(socket, addresses[index], share);
                return socket;
            } catch (IOException failure) {
                socket.close();
                requireRunning(state);
                if (lastFailure != null) {
                    failure.addSuppressed(lastFailure);
                }
                lastFailure = failure;
            }
        }
        throw lastFailure == null ? new SocketException("The host has no address") : lastFailure;
    }

    /** Connecting would otherwise go on for a call that ended just before its socket could be closed. */
    private void requireRunning(Apache5CallState state) throws SocketException {
        if (state.isCancelled() || events.isClosed()) {
            throw new SocketException("Socket closed");
        }
    }

    private void connect(Socket socket, InetAddress address, Duration timeout) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(new InetSocketAddress(address, endpoint.port()), TimeoutMillis.of(timeout));
    }

    private void secure(Apache5Connection connection, Socket socket) throws IOException {
        SSLSocketFactory factory = settings.tls() == null
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : settings.tls().getSocketFactory();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true);
        connection.bind(secured, socket);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        secured.setSSLParameters(parameters);
        // The limit of a read: that of the whole handshake is kept above the transport.
        secured.setSoTimeout(TimeoutMillis.of(settings.tlsTimeout()));
        secured.startHandshake();
        secured.setSoTimeout(0);
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
        throw new UnsupportedOperationException("connections keep their protocol");
    }
}
