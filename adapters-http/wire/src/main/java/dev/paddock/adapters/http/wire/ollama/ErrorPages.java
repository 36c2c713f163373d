package dev.paddock.adapters.http.wire.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * The error pages of proxies in front of a model server. A model server describes an error in JSON; a proxy that has lost its server sends a
 * page of HTML, a sentence or nothing.
 */
final class ErrorPages {

    /** An HTML page, or the sentences of Envoy and HAProxy. Any other text may be from a server that is busy. */
    private static final Pattern MISSING_SERVER =
            Pattern.compile("^\\s*<|\\bupstream\\b|no server is available", Pattern.CASE_INSENSITIVE);

    private ErrorPages() {}

    /** Returns whether a body with status 502 or 504 is that of a proxy, and not the error of a model server about one request. */
    static boolean isOfProxy(byte[] body) {
        String text = new String(body, UTF_8).strip();
        return !text.startsWith("{") && !text.startsWith("[");
    }

    /** Returns whether a body with status 503 is that of a proxy that has no server, and not that of a server that is busy. */
    static boolean reportsMissingServer(byte[] body) {
        return isOfProxy(body) && MISSING_SERVER.matcher(new String(body, UTF_8)).find();
    }
}
