package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.support.AbstractTransportResponse;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Response;
import okio.Okio;

/** A response whose body is read as the library receives it. */
final class OkHttpResponse extends AbstractTransportResponse {

    private final OkHttpCall call;
    private final Response response;
    private final Lock source = new ReentrantLock(); // the library's source is for one thread at a time

    OkHttpResponse(OkHttpCall call, Response response) {
        // The library knows the end of a body, and has released the connection by then.
        super(call, call.head(), call.head().hasBody(call.request().method()) ? Headers.UNKNOWN_LENGTH : 0);
        this.call = call;
        this.response = response;
        if (!call.head().hasBody(call.request().method())) {
            skipSyntheticBody();
        }
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
