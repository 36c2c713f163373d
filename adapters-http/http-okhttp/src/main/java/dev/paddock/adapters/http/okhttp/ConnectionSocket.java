package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** The socket of a connection as the library sees it: it tells its connection of its life and its streams. */
final class ConnectionSocket extends Socket implements ConnectionHolder {

    private final OkHttpConnection connection;
    private final OkHttpCallState call;
    private final boolean secure;
    private final Socket socket;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;

    /**
     * Creates a socket that is not connected yet.
     *
     * @param call the call that connects it
     * @param secure whether TLS goes on top of it
     */
    ConnectionSocket(OkHttpConnection connection, OkHttpCallState call, boolean secure) {
        this.connection = connection;
        this.call = call;
        this.secure = secure;
        this.socket = connection.channel().socket();
    }

    @Override
    public OkHttpConnection connection() {
        return connection;
    }

    @Override
    public void connect(SocketAddress address) throws IOException {
        connect(address, 0);
    }

    /** Connects within what is left of the time that all addresses share; the library knows a time for each only. */
    @Override
    public void connect(SocketAddress address, int ignoredTimeout) throws IOException {
        call.requireRunning();
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(address, TimeoutMillis.of(call.connectDeadline().nextShare()));
        input = socket.getInputStream();
        output = socket.getOutputStream();
        if (!secure) {
            connection.attachStreams(input, output);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        InputStream carried = secure ? input : connection.input();
        return opened(carried);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        OutputStream carried = secure ? output : connection.output();
        return opened(carried);
    }

    void requireRunning() throws SocketException {
        call.requireRunning();
    }

    private static <T> T opened(@Nullable T stream) throws SocketException {
        if (stream == null) {
            throw new SocketException("Socket is not connected");
        }
        return stream;
    }

    /** The library asks this before it uses an idle connection again, and takes another one when it is closed. */
    @Override
    public boolean isClosed() {
        return socket.isClosed() || !connection.reserveIfUsable();
    }

    @Override
    public void close() {
        connection.abort();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    public boolean isBound() {
        return socket.isBound();
    }

    @Override
    public boolean isInputShutdown() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void setSoTimeout(int milliseconds) throws SocketException {
        socket.setSoTimeout(milliseconds);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        socket.setTcpNoDelay(on);
    }

    @Override
    public boolean getTcpNoDelay() throws SocketException {
        return socket.getTcpNoDelay();
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        socket.setSoLinger(on, seconds);
    }

    @Override
    public int getSoLinger() throws SocketException {
        return socket.getSoLinger();
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return socket.getLocalAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return socket.getLocalSocketAddress();
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}
