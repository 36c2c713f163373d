package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Makes the sockets of the connections that one call opens. */
final class CallSocketFactory extends SocketFactory {

    private final OkHttpCallState call;
    private final OpenConnections connections;
    private final boolean secure;

    CallSocketFactory(OkHttpCallState call, OpenConnections connections, boolean secure) {
        this.call = call;
        this.connections = connections;
        this.secure = secure;
    }

    @Override
    public Socket createSocket() throws IOException {
        OkHttpConnection connection = OkHttpConnection.create(connections);
        call.open(connection);
        return new ConnectionSocket(connection, call, secure);
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unsupported();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unsupported();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw unsupported();
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("the library connects the sockets that it gets");
    }
}
