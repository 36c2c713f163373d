package dev.paddock.tck.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Headers;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** TransportCalls as tests of a transport make them, when no {@link TransportFixture} has made the transport. */
public final class TransportCalls {

    private TransportCalls() {}

    /** Returns a POST request to {@code /} with a body and without fields. */
    public static TransportRequest post(byte[] body) {
        return new TransportRequest("POST", "/", Headers.EMPTY, body);
    }

    /** Returns a call without a listener. */
    public static TransportCall call(HttpTransport transport, TransportRequest request) {
        return transport.newCall(request, CallListener.none());
    }

    /** Sends a GET request to {@code /} and returns the whole body as text. */
    public static String fetch(HttpTransport transport) {
        return fetch(transport, TransportFixture.get("/"));
    }

    /** Sends a request and returns the whole body as text. */
    public static String fetch(HttpTransport transport, TransportRequest request) {
        try (TransportResponse response = call(transport, request).execute()) {
            return TransportFixture.readAll(response);
        }
    }

    /** Does what has to fail and returns how it did. */
    public static TransportException failureOf(ThrowingCallable action) {
        TransportException failure = catchThrowableOfType(TransportException.class, action);
        assertThat(failure).as("the call fails").isNotNull();
        return failure;
    }

    /** Starts what has to fail, on a thread of either kind. */
    public static FutureTask<TransportException> failing(boolean virtual, ThrowingCallable action) {
        FutureTask<TransportException> task = new FutureTask<>(() -> failureOf(action));
        (virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).start(task);
        return task;
    }
}
