package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds to every answer the fields that all have, and remembers what was sent and when. Used by one thread at a time, as its kin. */
final class MeasuredResponder implements Responder {

    private final Responder delegate;
    private final Headers fields;
    private final Ticker ticker;
    private final long startNanos;
    private int status;
    private long bytes;
    private @Nullable Duration firstFrame;

    /** Measures from now on. */
    MeasuredResponder(Responder delegate, Headers fields, Ticker ticker) {
        this.delegate = delegate;
        this.fields = fields;
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
    }

    /** Returns the status, or 0 as long as none was sent. */
    int status() {
        return status;
    }

    /** Returns how many bytes of the body were handed over. */
    long bytes() {
        return bytes;
    }

    /** Returns how long it took until the first byte was handed over, or null when none was. */
    @Nullable Duration firstFrame() {
        return firstFrame;
    }

    /** Returns how long it has taken so far. */
    Duration elapsed() {
        return Duration.ofNanos(ticker.nanos() - startNanos);
    }

    @Override
    public void send(ServerResponse reply) {
        sent(reply.head().status(), reply.body().length);
        delegate.send(new ServerResponse(reply.head().status(), withFields(reply.head().headers()), reply.body()));
    }

    @Override
    public void begin(ServerResponseHead head) {
        status = head.status();
        delegate.begin(new ServerResponseHead(head.status(), withFields(head.headers()), head.length()));
    }

    @Override
    public void write(byte[] piece) {
        sent(status, piece.length);
        delegate.write(piece);
    }

    @Override
    public void end() {
        sent(status, 0);
        delegate.end();
    }

    @Override
    public void abort() {
        delegate.abort();
    }

    @Override
    public boolean hasBegun() {
        return delegate.hasBegun();
    }

    @Override
    public boolean isClientGone() {
        return delegate.isClientGone();
    }

    private void sent(int newStatus, int length) {
        status = newStatus;
        bytes += length;
        if (firstFrame == null) {
            firstFrame = elapsed();
        }
    }

    private Headers withFields(Headers headers) {
        List<Header> all = new ArrayList<>(headers.fields());
        all.addAll(fields.fields());
        return new Headers(all);
    }
}
