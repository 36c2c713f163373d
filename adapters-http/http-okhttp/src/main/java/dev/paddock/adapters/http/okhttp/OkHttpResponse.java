package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Response;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** A response whose body is read as the library gets it from the connection. */
final class OkHttpResponse implements TransportResponse {

    private final OkHttpCall call;
    private final Response response;
    private final OkHttpResponseHead head;
    private final ConnectionUse connection;
    private final Lock source = new ReentrantLock(); // the library's source is for one thread at a time
    private long left; // over HTTP/2 the end of a body comes after its last byte
    private volatile boolean complete;
    private @Nullable TransportException failure;

    OkHttpResponse(OkHttpCall call, Response response) {
        this.call = call;
        this.response = response;
        this.head = call.events().head();
        this.connection = call.state().connectionUse();
        this.left = call.state().isMultiplexed() && head.length() > 0 ? Long.MAX_VALUE : head.length();
        call.state().enter(CallPhase.BODY);
        if (!head.hasBody(call.events().message().request().method())) {
            left = 0;
            forgetBody();
        }
        complete = left == 0;
    }

    /** Lets the library come to the end of a body that there is not. */
    private void forgetBody() {
        try {
            response.body().source().readAll(Okio.blackhole());
        } catch (IOException broken) {
            // The library has closed the connection; the response has arrived all the same.
        }
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public Headers headers() {
        return head.headers();
    }

    @Override
    public String protocol() {
        return head.protocol();
    }

    @Override
    public ConnectionUse connection() {
        return connection;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        source.lock();
        try {
            return readAlone(buffer, offset, length);
        } finally {
            source.unlock();
            discardIfCancelled();
        }
    }

    private int readAlone(byte[] buffer, int offset, int length) {
        if (failure != null) {
            throw failure;
        }
        if (complete) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        try {
            call.state().requireRunning();
            int count = response.body().source().read(buffer, offset, length);
            left -= Math.max(0, count);
            complete = count < 0 || left == 0;
            return count;
        } catch (IOException | RuntimeException cause) {
            failure = call.failed(cause);
            throw failure;
        }
    }

    @Override
    public void close() {
        call.cancel();
    }

    /**
     * Makes the library forget the response of a call that was cancelled. The connection is closed by then, so that nothing
     * is drained. When another thread is reading it is for that one to do, as soon as it has noticed.
     */
    void discardIfCancelled() {
        if (call.state().isCancelled() && source.tryLock()) {
            try {
                response.close();
            } finally {
                source.unlock();
            }
        }
    }
}
