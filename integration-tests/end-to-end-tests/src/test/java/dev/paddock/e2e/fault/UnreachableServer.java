package dev.paddock.e2e.fault;

import dev.paddock.tck.server.BlackHole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port behind which nobody serves.
 *
 * @param port its number on 127.0.0.1
 * @param place what keeps it
 */
record UnreachableServer(int port, Place place) implements AutoCloseable {

    /** Returns a port that refuses connections and that nobody else can have: it is taken, but nothing listens. */
    static UnreachableServer refusing() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new UnreachableServer(socket.getLocalPort(), socket::close);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns a port that does not answer to attempts to connect. */
    static UnreachableServer swallowing() {
        BlackHole hole = new BlackHole();
        return new UnreachableServer(hole.port(), hole::close);
    }

    @Override
    public void close() {
        try {
            place.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What keeps a port. */
    @FunctionalInterface
    interface Place {
        void close() throws IOException;
    }
}
