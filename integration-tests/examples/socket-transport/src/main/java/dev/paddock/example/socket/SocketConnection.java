package dev.paddock.example.socket;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.support.ConnectBudget;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.HostLookup;
import dev.paddock.adapters.http.spi.support.TlsHandshake;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.example.socket.SocketTransportFactory.SocketTransport;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** One connection. One call at a time uses it; any thread may close it. */
final class SocketConnection {

    private static final int MAX_LINE = 8192;

    final ConnectionLifecycle lifecycle;
    private final SocketTransport transport;
    private final Socket tcp = new Socket();
    Socket channel = tcp;
    InputStream input = InputStream.nullInputStream();

    SocketConnection(SocketTransport transport) {
        this.transport = transport;
        this.lifecycle = new ConnectionLifecycle(transport.state());
        transport.connections().addFirst(this); // the newest is the first to be used again
    }

    void open(SocketCall call) throws IOException {
        Endpoint endpoint = transport.endpoint();
        call.enter(CallPhase.CONNECT);
        ConnectBudget budget = new ConnectBudget(transport.settings().connectTimeout());
        var addresses = HostLookup.addressesOf(endpoint.host(), HostLookup.platform(), budget.remaining(), call);
        tcp.setTcpNoDelay(true);
        tcp.connect(
                new InetSocketAddress(addresses.getFirst(), endpoint.port()), TimeoutMillis.of(budget.remaining()));
        if (endpoint.secure()) {
            call.enter(CallPhase.TLS);
            channel = TlsHandshake.perform(tcp, endpoint, transport.settings(), "http/1.1");
        }
        input = new BufferedInputStream(channel.getInputStream());
        if (!lifecycle.open(budget.elapsed())) {
            throw new SocketException("closed while connecting");
        }
    }

    /** Reads a line of a head or a chunk, without its end. */
    String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within a line");
            }
            if (line.length() > MAX_LINE) {
                throw new ProtocolException("a line is too long");
            }
            line.append((char) next);
        }
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
            throw new ProtocolException("a line ends without CR");
        }
        return line.substring(0, line.length() - 1);
    }

    /** Returns whether the idle connection is at its end, or holds bytes that belong to no request. */
    boolean isStale() {
        try {
            channel.setSoTimeout(1);
            return input.read() >= -1;
        } catch (SocketTimeoutException silent) {
            return false;
        } catch (IOException broken) {
            return true;
        }
    }

    void close() {
        transport.connections().remove(this);
        lifecycle.close();
        try {
            tcp.close(); // the socket below TLS: closing TLS would wait for the server
        } catch (IOException broken) {
            assert tcp.isClosed();
        }
    }
}
