package dev.paddock.adapters.http.exchange;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the head of a request of what the request, the context of its call and the settings say; the call comes first. */
final class RequestHeaders {

    private static final String ANSWERS = "application/json, application/x-ndjson, text/event-stream";
    private static final String TRACE_PARENT = "traceparent";

    /** What the transport decides: hop-by-hop fields, framing and the host. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection", "keep-alive", "proxy-connection", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
            "content-length", "host", "expect");

    private RequestHeaders() {}

    /** @throws InvalidRequestException if the call has a field that only the transport may set */
    static Headers of(ExchangeRequest request, CallContext context, ExchangeSettings settings) {
        Headers headers = withExtras(request.headers(), context.get(CallAttributes.EXTRA_HEADERS));
        String traceParent = context.get(CallAttributes.TRACE_PARENT);
        if (traceParent != null) {
            headers = headers.without(TRACE_PARENT).with(TRACE_PARENT, traceParent);
        }
        if (request.hasDefaultHeaders()) {
            headers = headers.withDefault("Accept", ANSWERS).withDefault("User-Agent", settings.userAgent());
            headers = request.body().length() > 0 ? headers.withDefault("Content-Type", "application/json") : headers;
        }
        // Without this field a server may choose any coding (RFC 9110, section 12.5.3).
        headers = headers.withDefault("Accept-Encoding", "identity");
        String apiKey = settings.apiKey();
        return apiKey == null ? headers : headers.withDefault("Authorization", "Bearer " + apiKey);
    }

    private static Headers withExtras(Headers headers, @Nullable Headers extras) {
        if (extras == null) {
            return headers;
        }
        Headers merged = headers;
        for (Header field : extras.fields()) {
            if (OF_THE_CONNECTION.contains(field.name().toLowerCase(Locale.ROOT))) {
                throw new InvalidRequestException(
                        "a call cannot set the header " + field.name() + ": it belongs to the connection", ErrorFacts.NONE);
            }
            merged = merged.without(field.name());
        }
        for (Header field : extras.fields()) {
            merged = merged.with(field.name(), field.value());
        }
        return merged;
    }
}
