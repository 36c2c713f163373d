package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The fields of a head that are about one connection and end with it (RFC 9110, section 7.6.1): those that are known for it, and
 * those that {@code Connection} names.
 */
final class HopByHopHeaders {

    private static final Set<String> KNOWN = Set.of(
            "connection",
            "content-length",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Without them the rest of a message means something else: nobody can have them removed by naming them. */
    private static final Set<String> INDISPENSABLE = Set.of(
            "accept",
            "cache-control",
            "content-encoding",
            "content-type",
            "traceparent",
            "tracestate",
            "via",
            "x-request-id");

    private final Set<String> names;

    private HopByHopHeaders(Set<String> names) {
        this.names = names;
    }

    static HopByHopHeaders of(Headers headers) {
        if (!headers.contains("Connection")) {
            return new HopByHopHeaders(KNOWN);
        }
        Set<String> names = new HashSet<>(KNOWN);
        for (String named : headers.elements("Connection")) {
            String name = lowerCase(named);
            if (!INDISPENSABLE.contains(name)) {
                names.add(name);
            }
        }
        return new HopByHopHeaders(names);
    }

    boolean contains(Header field) {
        return names.contains(lowerCase(field.name()));
    }

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
