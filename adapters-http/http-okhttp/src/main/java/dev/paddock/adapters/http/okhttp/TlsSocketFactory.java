package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Puts TLS on top of the sockets of connections. */
final class TlsSocketFactory extends SSLSocketFactory {

    private final SSLSocketFactory tls;
    private final TransportSettings settings;

    TlsSocketFactory(TransportSettings settings) {
        this.settings = settings;
        this.tls = settings.tls() == null
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : settings.tls().getSocketFactory();
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(below, host, port, autoClose);
        return new TlsSocket(secured, (ConnectionSocket) below, settings.tlsTimeout());
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
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
        return new UnsupportedOperationException("TLS is put on top of a socket that is connected");
    }
}
