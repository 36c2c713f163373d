package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the context of a trace from a call, and gives it to an attempt. Thread-safe. */
final class TraceContext {

    private static final String TRACE_PARENT = "traceparent";

    private final TextMapPropagator propagator;

    TraceContext(TextMapPropagator propagator) {
        this.propagator = propagator;
    }

    /** Returns the context that a call has in its fields; without any that of the present thread. */
    Context parentOf(ExchangeRequest request, CallContext context) {
        return propagator.extract(Context.current(), new Fields(request.headers(), context), FieldGetter.INSTANCE);
    }

    /** Returns the attempt with the context of its span, instead of the context that its call came with. */
    Attempt inject(Context span, ExchangeRequest request, CallContext context) {
        Map<String, String> fields = new HashMap<>();
        propagator.inject(span, null, (unused, name, value) -> fields.put(name, value));
        if (fields.isEmpty()) {
            return new Attempt(request, context);
        }
        Headers headers = request.headers();
        for (String field : propagator.fields()) {
            headers = headers.without(field);
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            headers = headers.without(field.getKey()).with(field.getKey(), field.getValue());
        }
        String traceParent = fields.get(TRACE_PARENT);
        return new Attempt(
                request.withHeaders(headers),
                traceParent == null ? context : context.with(CallAttributes.TRACE_PARENT, traceParent));
    }

    /** A request and its context as they are sent. */
    record Attempt(ExchangeRequest request, CallContext context) {}

    private record Fields(Headers headers, CallContext context) {}

    private enum FieldGetter implements TextMapGetter<Fields> {
        INSTANCE;

        @Override
        public @Nullable String get(@Nullable Fields carrier, String key) {
            if (carrier == null) {
                return null;
            }
            String name = key.toLowerCase(Locale.ROOT);
            String traceParent = carrier.context.get(CallAttributes.TRACE_PARENT);
            if (traceParent != null && name.equals(TRACE_PARENT)) {
                return traceParent;
            }
            Headers extra = carrier.context.get(CallAttributes.EXTRA_HEADERS);
            List<String> values = extra != null && extra.contains(name) ? extra.all(name) : carrier.headers.all(name);
            // Several parents are none; lists may be spread over several fields.
            boolean isOne = values.size() == 1 || (!values.isEmpty() && !name.equals(TRACE_PARENT));
            return isOne ? String.join(",", values) : null;
        }
    }
}
