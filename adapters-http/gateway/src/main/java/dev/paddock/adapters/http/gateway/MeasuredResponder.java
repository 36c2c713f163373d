package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.relay.RelayReport;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A responder that records what is sent, and when. Used by one thread at a time. */
final class MeasuredResponder implements Responder {

    private final Responder delegate;
    private final Ticker ticker;
    private final long startNanos;
    private int status; // 0 before the response begins
    private long bytes;
    private @Nullable Duration firstFrame;

    /** Measures from now on. */
    MeasuredResponder(Responder delegate, Ticker ticker) {
        this.delegate = delegate;
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
    }

    /** Returns the entry for the access log of a request that ends now. */
    AccessRecord record(AdmittedRequest request, RelayReport report) {
        return new AccessRecord(
                new AccessRecord.Request(request.id(), request.head().client(), request.operation(), report.model()),
                new AccessRecord.Answer(status, report.outcome(), bytes),
                new AccessRecord.Timing(firstFrame, elapsed()),
                report.attempts(),
                report.provenance());
    }

    @Override
    public void send(ServerResponse response) {
        sent(response.head().status(), response.body().length);
        delegate.send(response);
    }

    @Override
    public void begin(ServerResponseHead head) {
        status = head.status();
        delegate.begin(head);
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

    private Duration elapsed() {
        return Duration.ofNanos(ticker.nanos() - startNanos);
    }
}
