package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.IdleTimeout;
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

    private static final Apache5RequestExecutor EXCHANGE = new Apache5RequestExecutor();

    private final Apache5Transport transport;
    private final TransportRequest request;
    private final Apache5CallState state;
    private final AtomicBoolean executed = new AtomicBoolean();
    private volatile @Nullable ConnectionLease lease;

    Apache5Call(Apache5Transport transport, TransportRequest request, CallListener listener) {
        this.transport = transport;
        this.request = request;
        this.state = new Apache5CallState(request.body(), listener);
    }

    @Override
    public TransportResponse execute() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("the call was executed before");
        }
        try {
            requireRunning();
            ConnectionLease leased = transport.lease();
            lease = leased;
            requireRunning();
            return exchange(leased);
        } catch (IOException | HttpException | RuntimeException cause) {
            throw failed(cause);
        }
    }

    private TransportResponse exchange(ConnectionLease leased) throws IOException, HttpException {
        ConnectionEndpoint endpoint = leased.endpoint();
        if (!endpoint.isConnected()) {
            transport.connect(endpoint, state);
        }
        ClassicHttpRequest message = Apache5RequestMessage.of(transport.endpoint(), request, state.body());
        ClassicHttpResponse response = endpoint.execute("", message, EXCHANGE, state);
        Apache5ResponseHead head = Apache5ResponseHead.of(response);
        boolean persistent = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(message, response, state);
        return new Apache5Response(this, head, response, persistent);
    }

    @Override
    public void cancel() {
        state.cancel();
        abort();
    }

    Apache5CallState state() {
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
        ConnectionLease leased = lease;
        Apache5Connection connection = state.connection();
        if (leased == null || connection == null) {
            return;
        }
        IdleTimeout limit = IdleTimeout.of(response, transport.lifetimes(), connection.lifecycle().age());
        if (!request.isConnectionReusable()) {
            leased.close(connection, CloseReason.OVERFLOW);
        } else if (!persistent || !connection.isConsistent()) {
            leased.close(connection, CloseReason.DISCARDED);
        } else if (limit.isOver(Duration.ZERO)) {
            leased.close(connection, limit.reason());
        } else {
            leased.release(connection, limit);
        }
    }

    private void abort() {
        ConnectionLease leased = lease;
        if (leased != null) {
            leased.abort();
        }
    }
}
