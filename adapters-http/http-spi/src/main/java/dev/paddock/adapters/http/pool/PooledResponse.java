package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Headers;

/** A response at whose end the permit of its call goes back to the pool. */
final class PooledResponse implements TransportResponse {

    private final PooledCall call;
    private final TransportResponse delegate;

    PooledResponse(PooledCall call, TransportResponse delegate) {
        this.call = call;
        this.delegate = delegate;
    }

    @Override
    public int status() {
        return delegate.status();
    }

    @Override
    public Headers headers() {
        return delegate.headers();
    }

    @Override
    public String protocol() {
        return delegate.protocol();
    }

    @Override
    public ConnectionUse connection() {
        return delegate.connection();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            int count = delegate.read(buffer, offset, length);
            if (count < 0) {
                call.end();
            }
            return count;
        } catch (TransportException failure) {
            delegate.close();
            call.end();
            throw call.translate(failure);
        }
    }

    @Override
    public void close() {
        try {
            delegate.close();
        } finally {
            call.end();
        }
    }
}
