package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.IdleLimit;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One request: leases a connection, opens it if it is new, sends, and answers for the connection until the body's end.
 */
final class Apache5Call implements TransportCall {

    private static final HeadExchange EXCHANGE = new HeadExchange();

    private final Apache5Transport transport;
    private final TransportRequest request;
    private final CallState state;
    private final AtomicBoolean executed = new AtomicBoolean();
    private volatile @Nullable Lease lease;

    Apache5Call(Apache5Transport transport, TransportRequest request, CallListener listener) {
        this.transport = transport;
        this.request = request;
        this.state = new CallState(request.body(), listener);
    }

    @Override
    public TransportResponse execute() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("the call was executed before");
        }
        try {
            requireRunning();
            Lease leased = transport.lease();
            lease = leased;
            requireRunning();
            return exchange(leased);
        } catch (IOException | HttpException | RuntimeException cause) {
            throw failed(cause);
        }
    }

    private TransportResponse exchange(Lease leased) throws IOException, HttpException {
        ConnectionEndpoint endpoint = leased.endpoint();
        if (!endpoint.isConnected()) {
            transport.connect(endpoint, state);
        }
        ClassicHttpRequest message = RequestMessage.of(transport.endpoint(), request, state.body());
        ClassicHttpResponse response = endpoint.execute("", message, EXCHANGE, state);
        ResponseHead head = ResponseHead.of(response);
        boolean persistent = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(message, response, state);
        return new Apache5Response(this, head, response, persistent);
    }

    @Override
    public void cancel() {
        state.cancel();
        abort();
    }

    CallState state() {
        return state;
    }

    void requireRunning() {
        if (state.isCancelled()) {
            throw new CancellationException("The call was cancelled");
        }
    }

    /** Closes the connection and says what the failure was. */
    TransportException failed(Exception cause) {
        TransportException failure = transport.failures().translate(cause, state);
        abort();
        return failure;
    }

    /** Gives the connection back after the end of the body, unless something speaks against using it again. */
    void complete(Headers response, boolean persistent) {
        Lease leased = lease;
        PooledConnection connection = state.connection();
        if (leased == null || connection == null) {
            return;
        }
        IdleLimit limit = IdleLimit.of(response, transport.lifetimes(), connection.life().age());
        if (!request.isConnectionReusable()) {
            leased.close(connection, CloseReason.OVERFLOW);
        } else if (!persistent || !connection.isConsistent()) {
            leased.close(connection, CloseReason.DISCARDED);
        } else if (limit.isOver(Duration.ZERO)) {
            leased.close(connection, limit.reason());
        } else {
            leased.giveBack(connection, limit);
        }
    }

    private void abort() {
        Lease leased = lease;
        if (leased != null) {
            leased.abort();
        }
    }
}
