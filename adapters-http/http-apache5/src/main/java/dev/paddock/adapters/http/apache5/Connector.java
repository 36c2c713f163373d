package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.support.TcpConnector;
import dev.paddock.adapters.http.spi.support.TlsHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/** Opens connections: TCP, then TLS. The library's own connector gives every address of a host the whole timeout. Stateless. */
final class Connector implements HttpClientConnectionOperator {

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
        TcpConnector tcp = new TcpConnector(call);
        try {
            Socket socket = tcp.connect(connection::bind);
            if (host.getSchemeName().equals("https")) {
                connection.bind(TlsHandshake.perform(socket, call, "http/1.1"), socket);
            }
            connection.opened(tcp.elapsed());
            call.use(connection, false);
        } catch (IOException | RuntimeException failure) {
            connection.close(CloseMode.IMMEDIATE);
            throw failure;
        }
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
        throw new UnsupportedOperationException("connections keep their protocol");
    }
}
