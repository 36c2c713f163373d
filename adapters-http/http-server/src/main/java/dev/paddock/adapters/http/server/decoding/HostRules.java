package dev.paddock.adapters.http.server.decoding;

import static dev.paddock.adapters.http.server.decoding.RefusedRequestException.badRequestUnless;

import java.util.List;

/** Checks {@code Host}: exactly one header, with a name or an address and an optional port (RFC 9110, section 7.2). */
final class HostRules {

    private static final int MAX_LENGTH = 262; // a name of 255 characters, a colon and a port
    private static final int MAX_PORT_DIGITS = 5;
    private static final String NOT_A_NAME = "Host is not a name with an optional port";

    private HostRules() {}

    /** Returns the one value of Host. */
    static String check(List<String> values) {
        badRequestUnless(values.size() == 1, "the request must have exactly one Host");
        String host = values.getFirst();
        badRequestUnless(!host.isEmpty() && host.length() <= MAX_LENGTH, "Host has no name, or one that is too long");
        int end = host.charAt(0) == '[' ? endOfAddress(host) : endOfName(host);
        badRequestUnless(end == host.length() || isPort(host, end), NOT_A_NAME);
        return host;
    }

    private static int endOfAddress(String host) {
        int end = host.indexOf(']');
        badRequestUnless(end > 1, NOT_A_NAME);
        for (int at = 1; at < end; at++) {
            char character = host.charAt(at);
            badRequestUnless(Octets.isHexDigit(character) || character == ':' || character == '.', NOT_A_NAME);
        }
        return end + 1;
    }

    private static int endOfName(String host) {
        int end = 0;
        while (end < host.length() && Octets.isHostCharacter(host.charAt(end))) {
            end++;
        }
        badRequestUnless(end > 0, NOT_A_NAME);
        return end;
    }

    private static boolean isPort(String host, int colon) {
        int digits = host.length() - colon - 1;
        return host.charAt(colon) == ':' && digits > 0 && digits <= MAX_PORT_DIGITS
                && host.chars().skip(colon + 1L).allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
