package dev.paddock.example.socket;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.ReceivedBytes;
import dev.paddock.adapters.http.spi.support.TcpConnector;
import dev.paddock.adapters.http.spi.support.TlsHandshake;
import dev.paddock.example.socket.SocketTransportFactory.SocketTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** One connection. One call at a time uses it; any thread may close it. */
final class SocketConnection {

    final ConnectionLifecycle lifecycle;
    ReceivedBytes input = new ReceivedBytes(InputStream.nullInputStream());
    OutputStream output = OutputStream.nullOutputStream();
    private final SocketTransport transport;
    private volatile @Nullable Socket tcp;

    SocketConnection(SocketTransport transport) {
        this.transport = transport;
        this.lifecycle = new ConnectionLifecycle(transport.state(), this::close);
    }

    void open(SocketCall call) throws IOException {
        TcpConnector connector = new TcpConnector(call);
        Socket socket = connector.connect(next -> tcp = next);
        if (transport.state().endpoint().secure()) {
            socket = TlsHandshake.perform(socket, call, "http/1.1");
        }
        input = new ReceivedBytes(socket.getInputStream());
        output = socket.getOutputStream();
        if (!lifecycle.open(connector.elapsed())) {
            throw new SocketException("closed while connecting");
        }
    }

    /** Returns whether the idle connection is at its end, or holds bytes that belong to no request. */
    boolean isStale() {
        return input.hasArrived() || TcpConnector.isStale(requireNonNull(tcp, "connected"));
    }

    /** Closes the socket below TLS: closing TLS would wait for the server. */
    void close() {
        transport.idle().remove(this);
        lifecycle.close();
        Socket socket = tcp;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException broken) {
            assert socket.isClosed();
        }
    }
}
