package dev.paddock.adapters.http.apache5;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.adapters.http.spi.support.ConnectBudget;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.TlsHandshake;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: the host's addresses in turn within one connect timeout, then TLS. The library's own connector gives every
 * address the whole timeout.
 */
final class Connector implements HttpClientConnectionOperator {

    private final Endpoint endpoint;
    private final TransportSettings settings;
    private final HostLookup.Resolver resolver;

    Connector(Endpoint endpoint, TransportSettings settings, HostLookup.Resolver resolver) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.resolver = resolver;
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
        Apache5Call call = ((Apache5Call.Context) context).call();
        ConnectBudget budget = new ConnectBudget(settings.connectTimeout());
        try {
            call.enter(CallPhase.CONNECT);
            Socket socket = connect(connection, call, budget);
            if (endpoint.secure()) {
                call.enter(CallPhase.TLS);
                connection.bind(TlsHandshake.perform(socket, endpoint, settings, "http/1.1"), socket);
            }
            connection.opened(budget.elapsed());
            call.use(connection, false);
        } catch (IOException | RuntimeException failure) {
            connection.close(CloseMode.IMMEDIATE);
            throw failure;
        }
    }

    private Socket connect(Apache5Connection connection, Apache5Call call, ConnectBudget budget) throws IOException {
        List<InetAddress> addresses =
                HostLookup.addressesOf(endpoint.host(), resolver, budget.remaining(), call);
        IOException lastFailure = null;
        for (int index = 0; index < addresses.size(); index++) {
            Duration share = budget.share(addresses.size() - index);
            // A channel can be read without waiting, which finds stale connections.
            Socket socket = SocketChannel.open().socket();
            try {
                connection.bind(socket);
                // Connecting would otherwise go on for a call that ended just before its socket could be closed.
                call.requireRunning();
                connect(socket, addresses.get(index), share);
                return socket;
            } catch (IOException failure) {
                socket.close();
                call.requireRunning();
                if (lastFailure != null) {
                    failure.addSuppressed(lastFailure);
                }
                lastFailure = failure;
            }
        }
        throw requireNonNull(lastFailure, "a lookup finds at least one address");
    }

    private void connect(Socket socket, InetAddress address, Duration timeout) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(new InetSocketAddress(address, endpoint.port()), TimeoutMillis.of(timeout));
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
        throw new UnsupportedOperationException("connections keep their protocol");
    }
}
