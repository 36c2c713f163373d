package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the head that a model server gets from the head that a client sent. What is left out:
 *
 * <ul>
 *   <li>what is about the client's connection;
 *   <li>credentials and cookies, which are for the gateway; the key for the server comes from the configuration;
 *   <li>{@code Host}, which would name the gateway, and {@code Origin}, which the gateway has judged already: a server compares it
 *       with its own name;
 *   <li>{@code Accept-Encoding}, because compressed answers could not be watched for their end;
 *   <li>{@code Expect}, because the body is at hand;
 *   <li>who the client is ({@code Forwarded}, {@code X-Forwarded-*}, {@code X-Real-IP}): anybody can claim it, no model server
 *       needs it, and the server may be somebody else's. The access log has the address.
 * </ul>
 *
 * <p>{@code X-Request-Id} is the id of the request; {@code Via} gets one more element. Thread-safe.
 */
final class RequestHeaderFilter {

    private static final String VIA = "Via";
    private static final String FORWARDED_PREFIX = "x-forwarded-";
    private static final Set<String> LEFT_OUT = Set.of(
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

    /** Creates it with the name by which this gateway is known in {@code Via}: a token that no other gateway has. */
    RequestHeaderFilter(String pseudonym) {
        this.pseudonym = pseudonym;
    }

    /** Tells whether a request has passed this gateway before, which is then its own model server. */
    boolean isLoop(Headers headers) {
        return headers.elements(VIA).stream().anyMatch(element -> element.endsWith(" " + pseudonym));
    }

    Headers forward(Headers received, String requestId) {
        HopByHopHeaders ofConnection = HopByHopHeaders.of(received);
        List<Header> fields = new ArrayList<>(received.fields().size() + 2);
        for (Header field : received.fields()) {
            if (!ofConnection.contains(field) && !isLeftOut(field)) {
                fields.add(field);
            }
        }
        fields.add(new Header(RequestId.FIELD, requestId));
        fields.add(new Header(VIA, via(received)));
        return new Headers(fields);
    }

    private String via(Headers received) {
        List<String> passed = new ArrayList<>(received.elements(VIA));
        passed.add("1.1 " + pseudonym);
        return String.join(", ", passed);
    }

    private static boolean isLeftOut(Header field) {
        String name = HopByHopHeaders.lowerCase(field.name());
        return LEFT_OUT.contains(name) || name.startsWith(FORWARDED_PREFIX) || name.startsWith("proxy-");
    }
}
