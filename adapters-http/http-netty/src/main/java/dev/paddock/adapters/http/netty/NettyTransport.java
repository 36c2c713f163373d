package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.AbstractTransport;
import dev.paddock.adapters.http.spi.support.TransportState;
import java.util.concurrent.atomic.AtomicBoolean;

/** The connections to one endpoint, without a limit on their number: the pool above has one. Thread-safe. */
final class NettyTransport extends AbstractTransport {

    private final EventLoops loops;
    private final ConnectionPool pool;
    private final AtomicBoolean closed = new AtomicBoolean();

    NettyTransport(TransportState state, EventLoops loops, boolean http2) {
        super(state);
        this.loops = loops;
        this.pool = new ConnectionPool(state, loops.acquire(), loops.sockets(), http2);
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener listener) {
        return new NettyCall(state(), pool, request, listener);
    }

    @Override
    public void close() {
        super.close();
        if (closed.compareAndSet(false, true)) {
            loops.release();
        }
    }
}
