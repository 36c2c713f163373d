package dev.paddock.adapters.http.server;

import java.util.Locale;
import java.util.Set;

/** Which trailers may come; they are dropped, but one that would change framing or routing is an attempt to confuse. */
final class TrailerRules {

    private static final Set<String> FORBIDDEN =
            Set.of("content-length", "transfer-encoding", "host", "connection", "trailer", "upgrade", "expect");

    private TrailerRules() {}

    /** Tells whether a field may stand in the trailers of a request (RFC 9110, section 6.5.1). */
    static boolean isAllowed(String name) {
        return !FORBIDDEN.contains(name.toLowerCase(Locale.ROOT));
    }
}
