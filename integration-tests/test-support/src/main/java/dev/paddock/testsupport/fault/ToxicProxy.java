package dev.paddock.testsupport.fault;

import dev.paddock.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A forwarder on the loopback interface that stands before any server and harms what passes. It knows nothing of HTTP:
 * bytes, ends and resets are passed on as they come. Each direction of a connection has a virtual thread. Thread-safe.
 */
public final class ToxicProxy implements AutoCloseable {

    private static final int BACKLOG = 2000;

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final ToxicPlan plan;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Set<ForwardedConnection> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

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

    /** Stops listening and resets every connection. When it returns, the port refuses connections. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failure) {
            // Nothing depends on it.
        }
        Eventually.await("the forwarder stops listening", () -> stopped.getCount() == 0);
        open.forEach(ForwardedConnection::reset);
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                welcome(TcpConnection.over(listener.accept()));
            } catch (IOException closed) {
                // The listener was closed, or the client has gone before it was let in.
            }
        }
        stopped.countDown();
    }

    private void welcome(TcpConnection client) {
        if (listener.isClosed()) {
            // The platform lets a waiting virtual thread accept once more.
            client.reset();
            return;
        }
        Toxics toxics = plan.of(accepted.incrementAndGet());
        ForwardedConnection connection = new ForwardedConnection(client, toxics, open::remove);
        open.add(connection);
        Thread.ofVirtual().name("toxic-proxy-to-server").start(() -> connection.forward(target));
    }
}
