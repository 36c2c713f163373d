package dev.paddock.adapters.http.apache5;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.jspecify.annotations.Nullable;

/** The socket of a connection, which knows what of the server's words the library keeps to itself. */
final class WatchedSocket extends SocketHolder {

    private volatile @Nullable WatchedInput input;

    WatchedSocket(Socket socket) {
        super(socket);
    }

    WatchedSocket(SSLSocket secured, Socket socket) {
        super(secured, socket);
    }

    @Override
    protected InputStream getInputStream(Socket socket) throws IOException {
        WatchedInput watched = new WatchedInput(
                socket.getInputStream(), getBaseSocket().getChannel(), socket instanceof SSLSocket);
        input = watched;
        return watched;
    }

    /** Says whether reading waits for the server. */
    void setWaiting(boolean waiting) {
        WatchedInput current = input;
        if (current != null) {
            current.setWaiting(waiting);
        }
    }

    /** Returns how many bytes have arrived. */
    long received() {
        WatchedInput current = input;
        return current == null ? 0 : current.received();
    }

    /** Tells whether the server has ended its side. */
    boolean isEnded() {
        WatchedInput current = input;
        return current != null && current.isEnded();
    }
}
