package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** TLS on top of the socket of a connection, as the library sees it; the platform's own socket does the work. */
final class TlsSocket extends SSLSocket implements ConnectionHolder {

    private static final String HTTP_2 = "h2";

    private final SSLSocket tls;
    private final ConnectionSocket below;
    private final Duration handshakeTimeout;

    TlsSocket(SSLSocket tls, ConnectionSocket below, Duration handshakeTimeout) {
        this.tls = tls;
        this.below = below;
        this.handshakeTimeout = handshakeTimeout;
    }

    @Override
    public OkHttpConnection connection() {
        return below.connection();
    }

    /** The time is that of each read: that of the whole handshake is kept above the transport. */
    @Override
    public void startHandshake() throws IOException {
        below.requireRunning();
        tls.setSoTimeout(TimeoutMillis.of(handshakeTimeout));
        tls.startHandshake();
        tls.setSoTimeout(0);
        connection().secure(tls);
        if (HTTP_2.equals(tls.getApplicationProtocol())) {
            connection().markMultiplexed();
        } else {
            connection().attachStreams(tls.getInputStream(), tls.getOutputStream());
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream carried = connection().input();
        return carried == null ? tls.getInputStream() : carried;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream carried = connection().output();
        return carried == null ? tls.getOutputStream() : carried;
    }

    /** Says goodbye without waiting for the server to do so too. */
    @Override
    public void close() throws IOException {
        try {
            tls.close();
        } finally {
            below.close();
        }
    }

    @Override
    public boolean isClosed() {
        return tls.isClosed();
    }

    @Override
    public boolean isConnected() {
        return tls.isConnected();
    }

    @Override
    public boolean isInputShutdown() {
        return tls.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return tls.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        tls.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        tls.shutdownOutput();
    }

    @Override
    public void setSoTimeout(int milliseconds) throws SocketException {
        tls.setSoTimeout(milliseconds);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return tls.getSoTimeout();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return tls.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return tls.getLocalAddress();
    }

    @Override
    public int getPort() {
        return tls.getPort();
    }

    @Override
    public int getLocalPort() {
        return tls.getLocalPort();
    }

    @Override
    public SSLSession getSession() {
        return tls.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return tls.getHandshakeSession();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return tls.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        tls.setSSLParameters(parameters);
    }

    @Override
    public String getApplicationProtocol() {
        return tls.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return tls.getHandshakeApplicationProtocol();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return tls.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        tls.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return tls.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return tls.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        tls.setEnabledProtocols(protocols);
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        tls.addHandshakeCompletedListener(listener);
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        tls.removeHandshakeCompletedListener(listener);
    }

    @Override
    public void setUseClientMode(boolean client) {
        tls.setUseClientMode(client);
    }

    @Override
    public boolean getUseClientMode() {
        return tls.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        tls.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return tls.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        tls.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return tls.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean enabled) {
        tls.setEnableSessionCreation(enabled);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return tls.getEnableSessionCreation();
    }

    @Override
    public String toString() {
        return tls.toString();
    }
}
