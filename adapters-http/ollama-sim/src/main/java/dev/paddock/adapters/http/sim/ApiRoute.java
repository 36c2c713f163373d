package dev.paddock.adapters.http.sim;

import java.util.regex.Pattern;

/** A path, the methods it knows, and who answers; a segment that begins with a colon stands for any one segment. */
record ApiRoute(String path, String method, ErrorBodyFormat errors, EndpointHandler endpoint) {
    boolean matchesPath(String requested) {
        if (!path.contains(":")) {
            return path.equals(requested);
        }
        int variable = path.indexOf(':');
        return Pattern.matches(Pattern.quote(path.substring(0, variable)) + "[^/]+", requested);
    }

    boolean matchesMethod(String requested) {
        return method.equals(requested);
    }
}
