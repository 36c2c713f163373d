package dev.paddock.tck.server;

import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.fault.TcpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A server on the loopback interface that does with each connection what a script says, and counts. One virtual thread per
 * connection. Thread-safe.
 */
public final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listener;
    private final ConnectionScript script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<TcpConnection> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private ScriptedServer(ServerSocket listener, ConnectionScript script) {
        this.listener = listener;
        this.script = script;
    }

    /** Starts a server on a free port that plays the same script for every connection. */
    public static ScriptedServer start(ConnectionScript script) {
        return start(0, script);
    }

    /** Starts such a server on the given port, for example that of a server which was closed. */
    public static ScriptedServer start(int port, ConnectionScript script) {
        return start(listener(ServerSocketFactory.getDefault(), port), script);
    }

    /** Starts such a server that speaks TLS; the handshake happens when the script first reads or sends. */
    public static ScriptedServer startSecure(SSLContext context, ConnectionScript script) {
        return start(listener(context.getServerSocketFactory(), 0), script);
    }

    /** Starts such a server that speaks one version of TLS only, for example {@code TLSv1.2}. */
    public static ScriptedServer startSecure(SSLContext context, String version, ConnectionScript script) {
        SSLServerSocket listener = (SSLServerSocket) listener(context.getServerSocketFactory(), 0);
        listener.setEnabledProtocols(new String[] {version});
        return start(listener, script);
    }

    private static ScriptedServer start(ServerSocket listener, ConnectionScript script) {
        ScriptedServer server = new ScriptedServer(listener, script);
        Thread.ofVirtual().name("scripted-server").start(server::acceptAll);
        return server;
    }

    private static ServerSocket listener(ServerSocketFactory sockets, int port) {
        try {
            return sockets.createServerSocket(port, 2000, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns the base URL, without a trailing slash. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** Returns where it listens, as one speaks to it without TLS. */
    public Endpoint endpoint() {
        return new Endpoint(false, "127.0.0.1", port());
    }

    /** Returns how many connections were accepted. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns how many accepted connections neither side has closed. */
    public int open() {
        return open.size();
    }

    /** Returns the requests read so far, in the order in which they were complete. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Stops listening and closes every connection. When it returns, the port refuses connections. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            // Nothing depends on it.
        }
        // The platform lets a waiting virtual thread accept once more: until then, connections seem to be welcome.
        Eventually.await("the server stops listening", () -> stopped.getCount() == 0);
        open.forEach(TcpConnection::close);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                welcome(listener.accept());
            } catch (IOException closed) {
                // The listener was closed, or the client has gone before it was let in.
            }
        }
        stopped.countDown();
    }

    private void welcome(Socket socket) throws IOException {
        TcpConnection wire = TcpConnection.over(socket);
        if (listener.isClosed()) {
            wire.reset();
            return;
        }
        int number = accepted.incrementAndGet();
        open.add(wire);
        Thread.ofVirtual().name("scripted-connection-" + number).start(() -> play(wire, number));
    }

    private void play(TcpConnection wire, int number) {
        try {
            script.play(new ScriptedConnection(wire, number, requests::add));
        } catch (IOException gone) {
            // The peer has gone: that is part of many a script.
        } finally {
            wire.close();
            open.remove(wire);
        }
    }
}
