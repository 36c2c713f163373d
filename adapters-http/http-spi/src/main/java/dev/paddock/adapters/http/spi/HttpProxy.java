package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.Endpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on the way to a server. A transport asks it for a tunnel ({@code CONNECT}) to a server that speaks TLS, and sends requests
 * in absolute form to one that does not (RFC 9110, section 9.3.6; RFC 9112, section 3.2.2). The proxy itself is spoken to without TLS.
 * Immutable; the text form contains no credentials.
 *
 * @param endpoint where the proxy listens, without TLS
 * @param credentials what it is told of its client, or null for none
 */
public record HttpProxy(Endpoint endpoint, @Nullable Credentials credentials) {

    private static final String SCHEME = "http://";

    public HttpProxy {
        requireNonNull(endpoint, "endpoint");
        if (endpoint.secure()) {
            throw invalid("it begins with https, but a proxy is spoken to without TLS; write http://host:port");
        }
    }

    /** Creates a proxy that asks for no credentials. */
    public HttpProxy(Endpoint endpoint) {
        this(endpoint, null);
    }

    /**
     * Reads the URL of a proxy, for example {@code http://user:password@proxy:3128}. All but the host may be absent; the usual port is 80.
     * Special characters in user and password are written as {@code %40} and the like.
     *
     * @throws InvalidRequestException if it is no such URL; the message never repeats it
     */
    public static HttpProxy parse(String url) {
        String text = url.strip();
        int schemeEnd = text.indexOf("://");
        String rest = schemeEnd < 0 ? text : text.substring(schemeEnd + 3);
        int at = rest.lastIndexOf('@');
        Endpoint endpoint = endpointOf(text.substring(0, text.length() - rest.length()), rest.substring(at + 1));
        return new HttpProxy(endpoint, at < 0 ? null : Credentials.parse(rest.substring(0, at)));
    }

    private static Endpoint endpointOf(String scheme, String place) {
        try {
            BaseUrl parsed = BaseUrl.parse((scheme.isEmpty() ? SCHEME : scheme) + place);
            if (parsed.path().isEmpty()) {
                return parsed.endpoint();
            }
        } catch (InvalidRequestException unusable) {
            // The message of this one speaks of servers.
        }
        throw invalid("it must have the form http://host:port, or http://user:password@host:port");
    }

    /** Returns this proxy with the given credentials. */
    public HttpProxy withCredentials(Credentials given) {
        return new HttpProxy(endpoint, given);
    }

    /** Returns the value of {@code Proxy-Authorization} (RFC 7617), or null without credentials. It is a secret. */
    public @Nullable String authorization() {
        return credentials == null ? null : credentials.authorization();
    }

    /** Returns the URL of the proxy without credentials. */
    @Override
    public String toString() {
        return endpoint.toString();
    }

    private static InvalidRequestException invalid(String reason) {
        return new InvalidRequestException("the URL of the proxy is not usable: " + reason, ErrorFacts.NONE);
    }

    /**
     * A user and a password. Immutable; the text form contains neither.
     *
     * @param user the user, without a colon
     * @param password the password, which may be empty
     */
    public record Credentials(String user, String password) {

        public Credentials {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw refused("the user of the proxy must not be empty or contain a colon");
            }
            if ((user + password).chars().anyMatch(Character::isISOControl)) {
                throw refused("user and password of the proxy must not contain control characters");
            }
        }

        private static Credentials parse(String text) {
            int colon = text.indexOf(':');
            return new Credentials(decoded(colon < 0 ? text : text.substring(0, colon)), colon < 0 ? "" : decoded(text.substring(colon + 1)));
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException invalid) {
                throw refused("a percent sign in the user or the password of the proxy is written as %25");
            }
        }

        private static InvalidRequestException refused(String message) {
            return new InvalidRequestException(message, ErrorFacts.NONE);
        }

        private String authorization() {
            byte[] text = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(text);
        }

        @Override
        public String toString() {
            return "Credentials[****]";
        }
    }
}
