package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.util.Locale;

/**
 * The base URL of a model server: an endpoint and the path under which its API is mounted.
 *
 * @param endpoint where the server listens
 * @param path the prefix of every request path: empty, or beginning with a slash and not ending with one
 */
public record BaseUrl(Endpoint endpoint, String path) {

    public BaseUrl {
        requireNonNull(endpoint, "endpoint");
        // A doubled slash makes Ollama redirect, and a redirected POST loses its body.
        path = withoutTrailingSlashes(path);
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new InvalidRequestException("the path of a base URL begins with a slash", ErrorFacts.NONE);
        }
        if (path.chars().anyMatch(character -> character <= ' ' || character > '~' || character == '\\')) {
            throw new InvalidRequestException("the path of a base URL has an invalid character", ErrorFacts.NONE);
        }
    }

    /**
     * Reads an absolute {@code http} or {@code https} URL. A trailing slash is dropped and a missing port is that of the
     * scheme.
     *
     * @throws InvalidRequestException if it is no such URL, or has credentials, a query or a fragment; the message never
     *     repeats credentials
     */
    public static BaseUrl parse(String url) {
        String text = url.strip();
        int schemeEnd = text.indexOf("://");
        if (schemeEnd < 0) {
            throw invalid("it has no scheme; write http://host:port");
        }
        boolean secure = isSecure(text.substring(0, schemeEnd));
        String rest = text.substring(schemeEnd + 3);
        if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
            throw invalid("it has a query or a fragment");
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        if (authority.indexOf('@') >= 0) {
            throw invalid("it has credentials in it; give the key apart from it");
        }
        return new BaseUrl(endpoint(secure, authority), path);
    }

    /** Returns the target of a request: this base path followed by the given path, which begins with a slash. */
    public String resolve(String target) {
        return path + target;
    }

    @Override
    public String toString() {
        return endpoint + path;
    }

    private static boolean isSecure(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> false;
            case "https" -> true;
            default -> throw invalid("its scheme is neither http nor https");
        };
    }

    private static Endpoint endpoint(boolean secure, String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        String host = hasPort ? authority.substring(0, colon) : authority;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw invalid("an IPv6 address in it needs brackets, as in http://[::1]:11434");
        }
        if (host.isEmpty()) {
            throw invalid("it has no host");
        }
        return new Endpoint(secure, host, hasPort ? port(authority.substring(colon + 1)) : secure ? 443 : 80);
    }

    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw invalid("its port is not a number from 1 to 65535");
        }
        return Integer.parseInt(digits);
    }

    private static String withoutTrailingSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static InvalidRequestException invalid(String reason) {
        return new InvalidRequestException("the base URL is not usable: " + reason, ErrorFacts.NONE);
    }
}
