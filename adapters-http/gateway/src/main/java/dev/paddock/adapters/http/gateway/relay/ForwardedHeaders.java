package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Selects the headers that the gateway forwards. In both directions it drops the hop-by-hop headers, which are about one connection
 * (RFC 9110, section 7.6.1): the known ones, and those that {@code Connection} names.
 *
 * <p>From a request it also drops:
 *
 * <ul>
 *   <li>credentials and cookies, which are for the gateway; the key of the model server comes from the configuration;
 *   <li>{@code Host}, which names the gateway, and {@code Origin}, which the gateway has checked: a server compares it with its own
 *       name;
 *   <li>{@code Accept-Encoding}, because the gateway must see the end of the frames of a response;
 *   <li>{@code Expect}, because the body has arrived;
 *   <li>the address of the client ({@code Forwarded}, {@code X-Forwarded-*}, {@code X-Real-IP}): any client can forge it, no model
 *       server needs it, and the server may belong to a third party. The access log has the address;
 *   <li>headers that replace the method, the path or the host of the request ({@code X-HTTP-Method-Override}, {@code X-Original-*}), so
 *       that the server answers the request that the gateway has checked.
 * </ul>
 *
 * <p>{@code X-Request-Id} is the id of the request; {@code Via} gets one more element.
 *
 * <p>The {@code X-Request-Id} of a response becomes {@code X-Upstream-Request-Id}, because the gateway answers with its own; behind
 * another gateway the latter is kept as received.
 *
 * <p>{@code X-Queue-Wait-Ms} of a response is the wait in the queue of this gateway, if it has one.
 *
 * <p>From a response it also drops headers that would set a cookie, ask for credentials, answer a browser instead of the gateway, or
 * lead clients past the gateway. Thread-safe.
 */
final class ForwardedHeaders {

    /** How long a request waited for its admission, in milliseconds; only when it needed one. */
    static final String QUEUE_WAIT = "X-Queue-Wait-Ms";

    private static final String VIA = "Via";
    private static final Set<String> HOP_BY_HOP = Set.of(
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

    private static final List<String> REQUEST_PREFIXES = List.of(
            "proxy-", "x-arr-", "x-envoy-", "x-forwarded-", "x-http-host", "x-http-method", "x-method-", "x-ms-original-", "x-original-",
            "x-originating-", "x-override-", "x-remote-", "x-rewrite-", "x-waws-");
    private static final Set<String> REQUEST_DROPPED = Set.of(
            "accept-encoding",
            "access-control-request-headers",
            "access-control-request-method",
            "access-control-request-private-network",
            "api-key",
            "authorization",
            "cf-connecting-ip",
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
            "x-cluster-client-ip",
            "x-goog-api-key",
            "x-host",
            "x-real-ip",
            "x-request-id");

    private static final List<String> RESPONSE_PREFIXES = List.of("access-control-", "proxy-");
    private static final Set<String> RESPONSE_DROPPED = Set.of(
            "alt-svc",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "www-authenticate",
            "x-request-id");

    private final String pseudonym;

    /** Creates a filter with the name of this gateway in {@code Via}: a token that no other gateway has. */
    ForwardedHeaders(String pseudonym) {
        this.pseudonym = pseudonym;
    }

    /** Returns whether a request has passed this gateway before, so that the gateway is its own model server. */
    boolean isLoop(Headers headers) {
        return headers.contains(VIA) && headers.elements(VIA).stream().anyMatch(element -> element.endsWith(" " + pseudonym));
    }

    /** Returns the headers of the upstream request with the given id. */
    Headers upstream(Headers received, String requestId) {
        List<Header> fields = endToEnd(received, REQUEST_DROPPED, REQUEST_PREFIXES);
        fields.add(new Header(RequestId.FIELD, requestId));
        List<String> passed = new ArrayList<>(received.elements(VIA));
        passed.add("1.1 " + pseudonym);
        fields.add(new Header(VIA, String.join(", ", passed)));
        return new Headers(fields);
    }

    /** Returns the response head for the client. A stream has no announced length, so that a failure can be reported inside it. */
    static ServerResponseHead downstream(ExchangeHead head) {
        List<Header> fields = endToEnd(head.headers(), RESPONSE_DROPPED, RESPONSE_PREFIXES);
        if (!head.headers().contains(RequestId.UPSTREAM_FIELD)) {
            head.headers().all(RequestId.FIELD).forEach(id -> fields.add(new Header(RequestId.UPSTREAM_FIELD, id)));
        }
        Duration queued = head.provenance().queuedForAdmission();
        if (queued != null) {
            fields.removeIf(field -> field.isNamed(QUEUE_WAIT));
            fields.add(new Header(QUEUE_WAIT, Long.toString(queued.toMillis())));
        }
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
        return target.startsWith("/")
                && !target.startsWith("//")
                && target.indexOf('\\') < 0
                && target.chars().noneMatch(Character::isISOControl); // browsers remove them, so that a // may appear
    }

    /**
     * Returns the end-to-end headers of a message, except those to drop, as a new list.
     *
     * @param dropped names in lower case
     * @param prefixes beginnings of names in lower case
     */
    private static List<Header> endToEnd(Headers message, Set<String> dropped, List<String> prefixes) {
        Set<String> hopByHop = hopByHop(message);
        List<Header> kept = new ArrayList<>(message.fields().size() + 2);
        for (Header field : message.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!hopByHop.contains(name) && !dropped.contains(name) && !startsWithOne(name, prefixes)) {
                kept.add(field);
            }
        }
        return kept;
    }

    /** No stream: this is asked for each header of each request and response. */
    private static boolean startsWithOne(String name, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> hopByHop(Headers message) {
        if (!message.contains("Connection")) {
            return HOP_BY_HOP;
        }
        Set<String> names = new HashSet<>(HOP_BY_HOP);
        for (String element : message.elements("Connection")) {
            String name = element.toLowerCase(Locale.ROOT);
            if (!INDISPENSABLE.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
