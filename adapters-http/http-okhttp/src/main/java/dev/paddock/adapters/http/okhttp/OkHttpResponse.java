package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Response;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A response whose body is read as the library receives it. */
final class OkHttpResponse extends AbstractTransportResponse {

    private final OkHttpCall call;
    private final Response response;
    private final Lock source = new ReentrantLock(); // the library's source is for one thread at a time

    OkHttpResponse(OkHttpCall call, Response response) {
        super(call, call.head(), bodyLength(call.head(), call));
        this.call = call;
        this.response = response;
        if (!call.head().hasBody(call.request().method())) {
            skipSyntheticBody();
        }
    }

    /** Over HTTP/2 the stream ends after the last byte of the body. */
    private static long bodyLength(ResponseHead head, OkHttpCall call) {
        long length = head.bodyLength(call.request().method());
        @Nullable OkHttpConnection connection = call.openConnection();
        return length > 0 && connection != null && connection.isMultiplexed() ? Headers.UNKNOWN_LENGTH : length;
    }

    /** Lets the library reach the end of a body that the head announces and the server does not send. */
    private void skipSyntheticBody() {
        try {
            response.body().source().readAll(Okio.blackhole());
        } catch (IOException broken) {
            // The library has closed the connection; the response is complete all the same.
        }
    }

    @Override
    protected int readBody(byte[] buffer, int offset, int length) throws IOException {
        source.lock();
        try {
            return response.body().source().read(buffer, offset, length);
        } finally {
            source.unlock();
            discardIfAborted();
        }
    }

    /** The library has released the connection by now. */
    @Override
    protected void bodyCompleted() {
        boolean unused = call.complete();
    }

    @Override
    public void close() {
        call.cancel();
        discardIfAborted();
    }

    /**
     * Lets the library discard the response of a call that was cancelled; its connection is closed by then, so nothing is
     * drained. While another thread reads, that thread does it when its read has failed.
     */
    private void discardIfAborted() {
        if (call.isAborted() && source.tryLock()) {
            try {
                response.close();
            } finally {
                source.unlock();
            }
        }
    }
}
