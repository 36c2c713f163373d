package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/** One request as a call of the library's. */
final class OkHttpCall implements TransportCall {

    private final Call call;
    private final OkHttpEventListener events;
    private final OkHttpFailureTranslator failures;
    private final AtomicBoolean executed = new AtomicBoolean();
    private volatile @Nullable OkHttpResponse response;

    OkHttpCall(Call call, OkHttpEventListener events, OkHttpFailureTranslator failures) {
        this.call = call;
        this.events = events;
        this.failures = failures;
    }

    @Override
    public TransportResponse execute() {
        if (!executed.compareAndSet(false, true)) {
            throw new IllegalStateException("the call was executed before");
        }
        try {
            events.state().requireRunning();
            OkHttpResponse arrived = new OkHttpResponse(this, call.execute());
            response = arrived;
            events.state().requireRunning();
            return arrived;
        } catch (IOException | RuntimeException cause) {
            throw failed(cause);
        }
    }

    @Override
    public void cancel() {
        events.state().cancel(call);
        OkHttpResponse current = response;
        if (current != null) {
            current.discardIfCancelled();
        }
    }

    OkHttpEventListener events() {
        return events;
    }

    OkHttpCallState state() {
        return events.state();
    }

    /** Closes the connection and says what the failure was. */
    TransportException failed(Exception cause) {
        TransportException failure = failures.translate(cause, state());
        cancel();
        return failure;
    }
}
