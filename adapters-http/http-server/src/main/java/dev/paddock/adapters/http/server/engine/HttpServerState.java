package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.AcceptedRequest;
import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.body.BodyBudget;
import dev.paddock.adapters.http.server.body.Spool;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The state that the connections of a server share. Thread-safe. */
final class HttpServerState {

    final ServerLimits limits;
    final RequestHandler handler;
    final BodyBudget bodies;
    final Spool spool = new Spool(Path.of(System.getProperty("java.io.tmpdir")));
    final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger(); // the size of a concurrent set is slow to compute
    private final AtomicInteger running = new AtomicInteger();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean draining;

    HttpServerState(ServerLimits limits, RequestHandler handler) {
        this.limits = limits;
        this.handler = handler;
        this.bodies = BodyBudget.withinHeap(
                limits.get(ServerLimits.SizeLimit.TOTAL_BODY_BYTES), Runtime.getRuntime().maxMemory());
    }

    /** Returns the largest body in memory: a larger one would never find room, however often a client sent it. */
    long largestBody() {
        return Math.min(limits.get(ServerLimits.SizeLimit.BODY_BYTES), bodies.largestBody());
    }

    boolean isDraining() {
        return draining;
    }

    void beginDraining() {
        draining = true;
    }

    int connectionCount() {
        return count.get();
    }

    boolean isFull() {
        return count.get() >= limits.get(ServerLimits.SizeLimit.CONNECTIONS);
    }

    void add(Connection connection) {
        connections.add(connection);
        count.incrementAndGet();
    }

    void remove(Connection connection) {
        if (connections.remove(connection)) {
            count.decrementAndGet();
            changed();
        }
    }

    /**
     * Answers one request: at once if that waits for nothing, else on a virtual thread of its own. It is in progress until {@link #answered}.
     * Runs on the thread of the connection.
     */
    void answer(AcceptedRequest accepted, ServerRequest request, NettyResponder responder) {
        AcceptedRequest prepared = accepted.prepared(request);
        running.incrementAndGet();
        if (prepared.isAnsweredAtOnce()) {
            responder.collect(() -> responder.answer(prepared, request));
        } else if (prepared.isBegunAtOnce(request)) {
            responder.answer(prepared, request);
        } else {
            var unused = Thread.ofVirtual()
                    .name("http-request")
                    .inheritInheritableThreadLocals(false)
                    .start(() -> responder.answer(prepared, request));
        }
    }

    /** Notes that one request is answered. */
    void answered() {
        running.decrementAndGet();
        changed();
    }

    /**
     * Waits until every connection is closed and every request is answered; returns whether that happened in time and without an
     * interrupt, which is kept.
     */
    boolean awaitIdle(long nanos) {
        long remaining = nanos;
        lock.lock();
        try {
            while (running.get() > 0 || !connections.isEmpty()) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void changed() {
        if (!draining) {
            return;
        }
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
