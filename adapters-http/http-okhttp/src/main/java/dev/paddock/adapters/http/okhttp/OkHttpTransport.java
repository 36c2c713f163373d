package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.exchange.CallProgress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Connections to one endpoint in the library's pool, which is unlimited here: the pool above decides. Thread-safe. */
final class OkHttpTransport implements HttpTransport {

    private final OkHttpClientFactory parts;
    private final boolean http2;
    private final HttpUrl base;
    private final OkHttpClient client;
    private final OkHttpFailureTranslator failures;

    OkHttpTransport(OkHttpClientFactory parts, boolean http2) {
        this.parts = parts;
        this.http2 = http2;
        this.base = parts.base();
        this.client = parts.client(http2);
        this.failures = new OkHttpFailureTranslator(parts.connections());
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener listener) {
        if (parts.connections().isClosed()) {
            throw new TransportException(
                    TransportFailure.CLOSED, CallProgress.NOT_CONNECTED, "the transport is closed", null);
        }
        OkHttpCallState state = new OkHttpCallState(
                parts.connections(), request.body(), listener, parts.settings().connectTimeout());
        OkHttpRequestMessage message = new OkHttpRequestMessage(parts.endpoint(), request);
        OkHttpEventListener events = new OkHttpEventListener(message, state, parts.settings().lifetimes());
        Request.Builder written = http2 ? message.inFull(base, state.body()) : message.standIn(base, state.body());
        return new OkHttpCall(
                client.newCall(written.tag(OkHttpEventListener.class, events).build()), events, failures);
    }

    @Override
    public Set<ConnectionEvent> reportedEvents() {
        return EnumSet.allOf(ConnectionEvent.class);
    }

    @Override
    public Integer idleConnections() {
        return parts.connections().idle();
    }

    @Override
    public void closeIdle(Duration unusedFor) {
        parts.connections().closeIdle(unusedFor);
        if (parts.connections().isEmpty()) {
            client.connectionPool().evictAll();
        }
    }

    @Override
    public void close() {
        parts.connections().close();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
