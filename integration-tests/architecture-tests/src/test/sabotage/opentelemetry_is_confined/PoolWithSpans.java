package dev.paddock.adapters.http.pool;

import io.opentelemetry.api.trace.Tracer;

final class PoolWithSpans {
    Tracer tracer;
}
