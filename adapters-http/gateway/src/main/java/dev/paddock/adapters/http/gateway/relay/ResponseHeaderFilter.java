package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.List;
import java.util.Set;

/**
 * Makes the response head for the client from the head of the upstream response. It drops hop-by-hop headers, and headers that would set a
 * cookie, ask for credentials, answer a browser instead of the gateway, or lead clients past the gateway.
 */
final class ResponseHeaderFilter {

    private static final Set<String> DROPPED = Set.of(
            "alt-svc",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "www-authenticate",
            "x-request-id");
    private static final List<String> DROPPED_PREFIXES = List.of("access-control-", "proxy-");

    private ResponseHeaderFilter() {}

    /** Returns the head. A stream has no announced length, so that a failure can be reported inside it. */
    static ServerResponseHead of(ExchangeHead head) {
        List<Header> fields = HopByHopHeaders.remove(head.headers(), DROPPED, DROPPED_PREFIXES);
        if (head.headers().contains("Location")) {
            keepRedirectsInside(fields, head.provenance().backend().value());
        }
        if (head.framing() == Framing.EVENTS) {
            addDefault(fields, "Cache-Control", "no-cache, no-transform");
            addDefault(fields, "X-Accel-Buffering", "no");
        }
        boolean document = head.framing() == Framing.DOCUMENT;
        long length = document ? head.headers().contentLength() : ServerResponseHead.UNKNOWN;
        return new ServerResponseHead(head.status(), new Headers(fields), length);
    }

    private static void addDefault(List<Header> fields, String name, String value) {
        if (fields.stream().noneMatch(field -> field.isNamed(name))) {
            fields.add(new Header(name, value));
        }
    }

    /** Lets a redirect lead to the gateway only: a client that followed it elsewhere would send its API key along. */
    private static void keepRedirectsInside(List<Header> fields, String backend) {
        fields.replaceAll(field -> field.isNamed("Location") && field.value().strip().startsWith(backend + "/")
                ? new Header(field.name(), field.value().strip().substring(backend.length()))
                : field);
        fields.removeIf(field -> field.isNamed("Location") && !isRelative(field.value().strip()));
    }

    private static boolean isRelative(String target) {
        return target.startsWith("/") && !target.startsWith("//") && target.indexOf('\\') < 0;
    }
}
