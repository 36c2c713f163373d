package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The CORS policy: the web pages that may use the gateway, and the response headers for their browsers. The rules are those of Ollama's
 * server: pages of the gateway itself, of this machine, of desktop applications, and configured origins. Clients other than browsers
 * send no origin. Immutable.
 */
final class CorsPolicy {

    private static final Headers VARY = Headers.of("Vary", "Origin");
    private static final Pattern LOCAL =
            Pattern.compile("https?://(localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1])(:\\d{1,5})?");
    private static final List<String> DESKTOP =
            List.of("app://", "file://", "tauri://", "vscode-webview://", "vscode-file://");
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS";
    private static final Pattern FIELD_NAMES = Pattern.compile("[A-Za-z0-9_, -]{1,1000}");
    private static final String USUAL_FIELDS = "Authorization, Content-Type, X-Api-Key, X-Request-Id";
    private static final String TWELVE_HOURS = "43200";

    private final List<String> configured;

    CorsPolicy(List<String> configured) {
        this.configured = List.copyOf(configured);
    }

    boolean allows(Headers headers) {
        List<String> origins = headers.all("Origin");
        return origins.isEmpty() || (origins.size() == 1 && allows(origins.getFirst(), headers.first("Host")));
    }

    /** Returns whether a request is a preflight: a browser asks for permission, without a key. No page sees the answer. */
    boolean isPreflight(RequestHead head) {
        return head.method().equals("OPTIONS")
                && head.headers().contains("Origin")
                && head.headers().contains("Access-Control-Request-Method");
    }

    /** Returns the headers of the response to a preflight. */
    Headers preflightHeaders(Headers request) {
        String wanted = request.first("Access-Control-Request-Headers");
        String allowed = wanted != null && FIELD_NAMES.matcher(wanted).matches() ? wanted : USUAL_FIELDS;
        return responseHeaders(request)
                .with("Access-Control-Allow-Methods", METHODS)
                .with("Access-Control-Allow-Headers", allowed)
                .with("Access-Control-Max-Age", TWELVE_HOURS);
    }

    /** Returns the headers of a response to an allowed page; none without an origin. */
    Headers responseHeaders(Headers request) {
        String origin = request.first("Origin");
        if (origin == null || !allows(request)) {
            return Headers.EMPTY;
        }
        List<Header> fields = new ArrayList<>(VARY.fields());
        fields.add(new Header("Access-Control-Allow-Origin", origin));
        fields.add(new Header("Access-Control-Expose-Headers", "X-Request-Id, X-Upstream-Request-Id, Retry-After"));
        return new Headers(fields);
    }

    private boolean allows(String given, @Nullable String host) {
        String origin = given.toLowerCase(Locale.ROOT);
        return isSame(origin, host)
                || LOCAL.matcher(origin).matches()
                || DESKTOP.stream().anyMatch(origin::startsWith)
                || configured.stream().anyMatch(pattern -> matches(pattern, origin));
    }

    private static boolean isSame(String origin, @Nullable String host) {
        if (host == null || host.isBlank()) {
            return false;
        }
        String authority = host.strip().toLowerCase(Locale.ROOT);
        return origin.equals("http://" + authority) || origin.equals("https://" + authority);
    }

    private static boolean matches(String pattern, String origin) {
        int wildcard = pattern.indexOf('*');
        if (wildcard < 0) {
            return origin.equals(pattern);
        }
        return origin.length() >= pattern.length() - 1
                && origin.startsWith(pattern.substring(0, wildcard))
                && origin.endsWith(pattern.substring(wildcard + 1));
    }
}
