package dev.paddock.adapters.http.llm;

import dev.paddock.domain.exchange.Headers;

/** Tells where a redirection points without repeating what may be secret. */
final class RedirectTarget {

    private static final int LONGEST = 200;

    private RedirectTarget() {}

    /** Returns " to" and the address without credentials, query and fragment; empty when there is none. */
    static String of(Headers headers) {
        String location = headers.first("Location");
        if (location == null || location.isBlank()) {
            return "";
        }
        String address = location.strip().replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
        String clean = address.replaceAll("[^\\x21-\\x7e]", "?");
        return " to " + (clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...");
    }
}
