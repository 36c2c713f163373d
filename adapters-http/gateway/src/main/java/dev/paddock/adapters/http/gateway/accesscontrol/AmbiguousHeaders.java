package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.Locale;
import java.util.Set;

/**
 * Finds headers with an underscore that some servers take for one with a hyphen, because they turn names into variables. With such a
 * header, server and gateway could see different lengths or different clients.
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
            "x-real-ip",
            "x-request-id");

    private AmbiguousHeaders() {}

    static boolean areIn(Headers headers) {
        return headers.fields().stream().anyMatch(AmbiguousHeaders::misleads);
    }

    private static boolean misleads(Header field) {
        if (field.name().indexOf('_') < 0) {
            return false;
        }
        String name = field.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return SHADOWED.contains(name) || name.startsWith("x-forwarded-");
    }
}
