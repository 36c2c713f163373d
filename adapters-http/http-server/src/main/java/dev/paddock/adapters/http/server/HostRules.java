package dev.paddock.adapters.http.server;

import java.util.List;

/** What Host may be: exactly one field, with a name or an address and an optional port (RFC 9110, section 7.2). */
final class HostRules {

    private static final int LONGEST = 262; // a name of 255 characters, brackets aside, and a port
    private static final int LONGEST_PORT = 5;

    private HostRules() {}

    /** Returns the one value of Host. */
    static String check(List<String> values) {
        refuseUnless(values.size() == 1, "the request must have exactly one Host");
        String host = values.getFirst();
        refuseUnless(!host.isEmpty() && host.length() <= LONGEST, "Host has no name, or one that is too long");
        int end = host.charAt(0) == '[' ? endOfAddress(host) : endOfName(host);
        refuseUnless(end == host.length() || isPort(host, end), "Host is not a name with an optional port");
        return host;
    }

    private static int endOfAddress(String host) {
        int end = host.indexOf(']');
        refuseUnless(end > 1, "Host is not a name with an optional port");
        for (int at = 1; at < end; at++) {
            char character = host.charAt(at);
            refuseUnless(Octets.isHexDigit(character) || character == ':' || character == '.',
                    "Host is not a name with an optional port");
        }
        return end + 1;
    }

    private static int endOfName(String host) {
        int end = 0;
        while (end < host.length() && Octets.isHostCharacter(host.charAt(end))) {
            end++;
        }
        refuseUnless(end > 0, "Host is not a name with an optional port");
        return end;
    }

    private static boolean isPort(String host, int colon) {
        int digits = host.length() - colon - 1;
        return host.charAt(colon) == ':' && digits > 0 && digits <= LONGEST_PORT
                && host.chars().skip(colon + 1L).allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static void refuseUnless(boolean correct, String reason) {
        if (!correct) {
            throw RefusedRequestException.badRequest(reason);
        }
    }
}
