package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The hop-by-hop headers of a message, which are about one connection and are not forwarded (RFC 9110, section 7.6.1): the known ones,
 * and those that {@code Connection} names.
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

    /** Without these the rest of a message has a different meaning, so {@code Connection} cannot remove them. */
    private static final Set<String> INDISPENSABLE = Set.of(
            "accept",
            "cache-control",
            "content-encoding",
            "content-type",
            "traceparent",
            "tracestate",
            "via",
            "x-request-id");

    private HopByHopHeaders() {}

    /**
     * Returns the end-to-end headers of a message, except those to drop, as a new list.
     *
     * @param dropped names in lower case
     * @param prefixes beginnings of names in lower case
     */
    static List<Header> remove(Headers message, Set<String> dropped, List<String> prefixes) {
        Set<String> hopByHop = of(message);
        List<Header> kept = new ArrayList<>(message.fields().size() + 2);
        for (Header field : message.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!hopByHop.contains(name) && !dropped.contains(name) && prefixes.stream().noneMatch(name::startsWith)) {
                kept.add(field);
            }
        }
        return kept;
    }

    private static Set<String> of(Headers message) {
        if (!message.contains("Connection")) {
            return KNOWN;
        }
        Set<String> names = new HashSet<>(KNOWN);
        for (String element : message.elements("Connection")) {
            String name = element.toLowerCase(Locale.ROOT);
            if (!INDISPENSABLE.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
