package dev.paddock.adapters.http.server.decoding;

import static dev.paddock.adapters.http.server.decoding.RefusedRequestException.badRequestUnless;

import java.util.List;
import java.util.regex.Pattern;

/** Checks {@code Host}: exactly one header, with a name or an address and an optional port (RFC 9110, section 7.2). */
final class HostRules {

    private static final int MAX_LENGTH = 262; // a name of 255 characters, a colon and a port
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?");

    private HostRules() {}

    /** Returns the one value of Host. */
    static String check(List<String> values) {
        badRequestUnless(values.size() == 1, "the request must have exactly one Host");
        String host = values.getFirst();
        badRequestUnless(!host.isEmpty() && host.length() <= MAX_LENGTH, "Host has no name, or one that is too long");
        badRequestUnless(HOST.matcher(host).matches(), "Host is not a name with an optional port");
        return host;
    }
}
