package dev.paddock.tck.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A forwarder on the loopback interface that stands before any server and harms what passes. It knows nothing of HTTP: bytes,
 * ends and resets are passed on as they come. One virtual thread for each direction of a connection. Thread-safe.
 */
public final class ToxicProxy implements AutoCloseable {

    private static final int BACKLOG = 2000;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final ToxicPlan plan;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<ForwardedConnection> open = ConcurrentHashMap.newKeySet();

    private ToxicProxy(ServerSocket listener, InetSocketAddress target, ToxicPlan plan) {
        this.listener = listener;
        this.target = target;
        this.plan = plan;
    }

    /** Starts a forwarder on a free port to a port of 127.0.0.1. */
    public static ToxicProxy start(int targetPort, ToxicPlan plan) {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), plan);
    }

    /** Starts a forwarder on a free port to the given address. */
    public static ToxicProxy start(InetSocketAddress target, ToxicPlan plan) {
        try {
            ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            ToxicProxy proxy = new ToxicProxy(listener, target, plan);
            Thread.ofVirtual().name("toxic-proxy").start(proxy::acceptAll);
            return proxy;
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

    /** Returns how many connections were accepted. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns how many connections are not closed yet. */
    public int open() {
        return open.size();
    }

    /** Stops listening and resets every connection. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            // Nothing depends on it.
        }
        open.forEach(ForwardedConnection::reset);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Toxics toxics = plan.of(accepted.incrementAndGet());
                ForwardedConnection connection = new ForwardedConnection(Wire.over(socket), toxics, open::remove);
                open.add(connection);
                Thread.ofVirtual().name("toxic-proxy-to-server").start(() -> connection.forward(target));
            } catch (IOException closed) {
                // The listener was closed, or the client has gone before it was let in.
            }
        }
    }
}
