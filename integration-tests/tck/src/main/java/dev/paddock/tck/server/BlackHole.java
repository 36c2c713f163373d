package dev.paddock.tck.server;

import dev.paddock.domain.exchange.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A place on the loopback interface where connecting hangs: a listening socket whose backlog is full. Thread-safe. */
public final class BlackHole implements AutoCloseable {

    private static final int MOST_FILLERS = 20;
    private static final int FULL_MILLIS = 200;

    private final ServerSocket listener;
    private final List<Socket> fillers = new ArrayList<>();

    /** Opens it on a free port. */
    public BlackHole() {
        this(InetAddress.getLoopbackAddress(), 0);
    }

    /** Opens it on the given address and port. */
    public BlackHole(InetAddress address, int port) {
        try {
            listener = new ServerSocket(port, 1, address);
            int refused = 0; // in a row: on a busy machine one attempt can run out of time although there is room
            while (refused < 2) {
                if (fillers.size() > MOST_FILLERS) {
                    throw new IllegalStateException("the backlog of this system never fills");
                }
                refused = fills() ? 0 : refused + 1;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns where it is, as one would speak to it without TLS. */
    public Endpoint endpoint() {
        return new Endpoint(false, "127.0.0.1", port());
    }

    private boolean fills() throws IOException {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
            filler.connect(listener.getLocalSocketAddress(), FULL_MILLIS);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            for (Socket filler : fillers) {
                filler.close();
            }
            listener.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
