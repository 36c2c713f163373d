package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The span of one attempt, by the conventions of HTTP clients. Thread-safe. */
final class AttemptTrace extends EndableSpan {

    private final CallTelemetry telemetry;
    private final ExchangeRequest request;
    private final Span span;
    private final Context context;
    private final long startedAt;
    private boolean frameSeen; // guarded by the lock

    private AttemptTrace(
            CallTelemetry telemetry, CallClock clock, ExchangeRequest request, Span span, Context context, long startedAt) {
        super(clock);
        this.telemetry = telemetry;
        this.request = request;
        this.span = span;
        this.context = context;
        this.startedAt = startedAt;
    }

    static AttemptTrace start(CallTelemetry telemetry, CallTrace call, ExchangeRequest request, CallContext context) {
        long now = call.clock().now();
        Context parent = call.contextOfAttempts();
        int before = call.countAttempt(request.operation());
        SpanBuilder builder = telemetry.tracer().spanBuilder(nameOf(request))
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(now, TimeUnit.NANOSECONDS)
                .setAttribute(TelemetryAttributes.METHOD, request.method());
        if (before > 0) {
            builder.setAttribute(TelemetryAttributes.RESEND_COUNT, (long) before);
        }
        Span span = builder.startSpan();
        return new AttemptTrace(telemetry, call.clock(), request, span, parent.with(span), now);
    }

    /** Returns method and path; a path that Paddock does not know may have any number of values. */
    private static String nameOf(ExchangeRequest request) {
        return request.operation() == Operation.OTHER ? request.method() : request.method() + " " + pathOf(request);
    }

    private static String pathOf(ExchangeRequest request) {
        int query = request.target().indexOf('?');
        return query < 0 ? request.target() : request.target().substring(0, query);
    }

    /** Returns the context with this span, for what the attempt causes. */
    Context context() {
        return context;
    }

    @Override
    public void opened(ExchangeHead head) {
        whileOpen(() -> {
            Provenance provenance = head.provenance();
            BaseUrl server = telemetry.server(provenance.backend());
            span.setAttribute(TelemetryAttributes.STATUS, (long) head.status());
            span.setAttribute(TelemetryAttributes.BACKEND, provenance.backend().value());
            if (server != null) {
                TelemetryAttributes.setServer(span, server.endpoint());
                span.setAttribute(TelemetryAttributes.URL, server.endpoint() + server.resolve(pathOf(request)));
            }
            double waited = provenance.queuedForConnection().toNanos() / 1e9;
            span.addEvent(
                    TelemetryAttributes.LEASED,
                    Attributes.of(TelemetryAttributes.WAIT, waited, TelemetryAttributes.REUSED, provenance.connectionReused()),
                    startedAt + provenance.queuedForConnection().toNanos(),
                    TimeUnit.NANOSECONDS);
        });
    }

    @Override
    public void arrived(Frame frame, ExchangeHead head) {
        if (frame.hasContent()) {
            whileOpen(() -> {
                if (!frameSeen) {
                    frameSeen = true;
                    span.addEvent(TelemetryAttributes.FIRST_FRAME, Attributes.empty(), clock().now(), TimeUnit.NANOSECONDS);
                }
            });
        }
    }

    @Override
    void end(long at, @Nullable String error) {
        if (error != null) {
            span.setAttribute(TelemetryAttributes.ERROR, error).setStatus(StatusCode.ERROR);
        }
        span.end(at, TimeUnit.NANOSECONDS);
    }
}
