package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the head that a client gets from the head that a model server sent. What is left out is about the server's connection,
 * would set a cookie, ask for credentials or answer a browser in the gateway's place, or point past the gateway.
 */
final class ResponseHeaderFilter {

    private static final Set<String> LEFT_OUT = Set.of(
            "alt-svc",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "www-authenticate",
            "x-request-id");
    private static final String CORS_PREFIX = "access-control-";

    private ResponseHeaderFilter() {}

    /** Returns the head; the length of a stream is never told, so that a failure can still be told in it. */
    static ServerResponseHead of(ExchangeHead head) {
        Headers headers = forward(head);
        return switch (head.framing()) {
            case DOCUMENT -> new ServerResponseHead(head.status(), headers, head.headers().contentLength());
            case LINES -> new ServerResponseHead(head.status(), headers, ServerResponseHead.UNKNOWN);
            case EVENTS -> new ServerResponseHead(
                    head.status(),
                    headers.withDefault("Cache-Control", "no-cache, no-transform").withDefault("X-Accel-Buffering", "no"),
                    ServerResponseHead.UNKNOWN);
        };
    }

    private static Headers forward(ExchangeHead head) {
        HopByHopHeaders ofConnection = HopByHopHeaders.of(head.headers());
        List<Header> fields = new ArrayList<>(head.headers().fields().size());
        for (Header field : head.headers().fields()) {
            Header kept = field.isNamed("Location") ? location(field, head.provenance().backend().value()) : field;
            if (kept != null && !ofConnection.contains(field) && !isLeftOut(field)) {
                fields.add(kept);
            }
        }
        return new Headers(fields);
    }

    /** A redirect leads to the gateway or nowhere: a client that followed it elsewhere would take its key for the gateway along. */
    private static @Nullable Header location(Header field, String backend) {
        String target = field.value().strip();
        if (target.startsWith(backend + "/")) {
            return new Header(field.name(), target.substring(backend.length()));
        }
        boolean relative = target.startsWith("/") && !target.startsWith("//") && target.indexOf('\\') < 0;
        return relative ? field : null;
    }

    private static boolean isLeftOut(Header field) {
        String name = HopByHopHeaders.lowerCase(field.name());
        return LEFT_OUT.contains(name) || name.startsWith(CORS_PREFIX) || name.startsWith("proxy-");
    }
}
