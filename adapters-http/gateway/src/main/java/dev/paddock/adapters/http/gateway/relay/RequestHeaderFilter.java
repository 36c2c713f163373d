package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the headers of the upstream request from those of the client's request. It drops:
 *
 * <ul>
 *   <li>hop-by-hop headers;
 *   <li>credentials and cookies, which are for the gateway; the key of the model server comes from the configuration;
 *   <li>{@code Host}, which names the gateway, and {@code Origin}, which the gateway has checked: a server compares it with its own
 *       name;
 *   <li>{@code Accept-Encoding}, because the gateway must see the end of the frames of a response;
 *   <li>{@code Expect}, because the body has arrived;
 *   <li>the address of the client ({@code Forwarded}, {@code X-Forwarded-*}, {@code X-Real-IP}): any client can forge it, no model
 *       server needs it, and the server may belong to a third party. The access log has the address.
 * </ul>
 *
 * <p>{@code X-Request-Id} is the id of the request; {@code Via} gets one more element. Thread-safe.
 */
final class RequestHeaderFilter {

    private static final String VIA = "Via";
    private static final List<String> DROPPED_PREFIXES = List.of("x-forwarded-", "proxy-");
    private static final Set<String> DROPPED = Set.of(
            "accept-encoding",
            "access-control-request-headers",
            "access-control-request-method",
            "access-control-request-private-network",
            "api-key",
            "authorization",
            "cookie",
            "cookie2",
            "expect",
            "forwarded",
            "host",
            "ocp-apim-subscription-key",
            "origin",
            "true-client-ip",
            "via",
            "x-api-key",
            "x-auth-token",
            "x-client-ip",
            "x-goog-api-key",
            "x-original-host",
            "x-original-url",
            "x-real-ip",
            "x-request-id",
            "x-rewrite-url");

    private final String pseudonym;

    /** Creates a filter with the name of this gateway in {@code Via}: a token that no other gateway has. */
    RequestHeaderFilter(String pseudonym) {
        this.pseudonym = pseudonym;
    }

    /** Returns whether a request has passed this gateway before, so that the gateway is its own model server. */
    boolean isLoop(Headers headers) {
        return headers.elements(VIA).stream().anyMatch(element -> element.endsWith(" " + pseudonym));
    }

    Headers forward(Headers received, String requestId) {
        List<Header> fields = HopByHopHeaders.remove(received, DROPPED, DROPPED_PREFIXES);
        fields.add(new Header(RequestId.FIELD, requestId));
        List<String> passed = new ArrayList<>(received.elements(VIA));
        passed.add("1.1 " + pseudonym);
        fields.add(new Header(VIA, String.join(", ", passed)));
        return new Headers(fields);
    }
}
