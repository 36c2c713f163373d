package dev.paddock.domain.exchange;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.util.Locale;

/**
 * Where a server listens: what a connection is made to, and the key under which connections are pooled.
 *
 * @param secure whether TLS is spoken
 * @param host a host name or an IP address in lower case; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Endpoint(boolean secure, String host, int port) {

    public Endpoint {
        if (host.isBlank() || host.chars().anyMatch(character -> character <= ' ' || "/?#@[]\\".indexOf(character) >= 0)) {
            throw new InvalidRequestException("'" + host + "' is not a host name", ErrorFacts.NONE);
        }
        if (port < 1 || port > 65_535) {
            throw new InvalidRequestException("port " + port + " is not between 1 and 65535", ErrorFacts.NONE);
        }
        host = host.toLowerCase(Locale.ROOT);
    }

    /** Returns the scheme, {@code http} or {@code https}. */
    public String scheme() {
        return secure ? "https" : "http";
    }

    /** Returns host and port as they stand in a URL, for example {@code [::1]:11434}. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Returns the endpoint as a URL without a path, for example {@code http://127.0.0.1:11434}. */
    @Override
    public String toString() {
        return scheme() + "://" + authority();
    }
}
