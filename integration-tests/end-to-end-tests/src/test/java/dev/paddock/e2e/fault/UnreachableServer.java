package dev.paddock.e2e.fault;

import dev.paddock.tck.server.BlackHole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port behind which nothing serves.
 *
 * @param host the name or the address of its host
 * @param port its number
 * @param place what keeps it
 */
record UnreachableServer(String host, int port, Place place) implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int ANY_PORT = 11434;

    /** Returns a port of a host whose name has no address (RFC 6761, section 6.4). */
    static UnreachableServer unknown() {
        return new UnreachableServer("no-such-host.invalid", ANY_PORT, () -> {});
    }

    /** Returns a port that refuses connections and that nobody else can have: it is taken, but nothing listens. */
    static UnreachableServer refusing() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new UnreachableServer(LOOPBACK, socket.getLocalPort(), socket::close);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns a port that does not answer to attempts to connect. */
    static UnreachableServer swallowing() {
        BlackHole hole = new BlackHole();
        return new UnreachableServer(LOOPBACK, hole.port(), hole::close);
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
