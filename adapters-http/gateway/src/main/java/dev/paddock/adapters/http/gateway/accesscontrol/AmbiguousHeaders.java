package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds headers with an underscore, or another character, that some servers take for one with a hyphen, because they turn names into
 * variables. With such a header, server and gateway could see different lengths, different clients or different requests.
 */
final class AmbiguousHeaders {

    private static final Set<String> SHADOWED = Set.of(
            "api-key",
            "content-encoding",
            "content-length",
            "content-type",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "transfer-encoding",
            "x-api-key",
            "x-auth-token",
            "x-method-override",
            "x-real-ip",
            "x-request-id");

    private static final List<String> PREFIXES = List.of("x-forwarded-", "x-http-", "x-original-", "x-rewrite-");

    private AmbiguousHeaders() {}

    static boolean areIn(Headers headers) {
        for (Header field : headers.fields()) { // of each request, so there are no streams here
            if (!isUsual(field.name()) && misleads(field.name())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUsual(String name) {
        for (int at = 0; at < name.length(); at++) {
            if (!isUsual(name.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean misleads(String name) {
        StringBuilder read = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT).chars().forEach(character -> read.append(isUsual(character) ? (char) character : '-'));
        String misread = read.toString();
        return SHADOWED.contains(misread) || PREFIXES.stream().anyMatch(misread::startsWith);
    }

    private static boolean isUsual(int character) {
        return character == '-' || (character < 128 && Character.isLetterOrDigit(character));
    }
}
