package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Header;
import java.net.URI;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Writes requests down as the JDK's messages, and refuses those that it would not send as they stand. */
final class RequestMessages {

    private final String base;

    RequestMessages(Endpoint endpoint) {
        this.base = endpoint.toString();
        if (URI.create(base).getHost() == null) {
            throw refused("the JDK's client cannot connect to " + endpoint.host() + ", no host of a URI", null);
        }
    }

    HttpRequest message(TransportRequest request, JdkBodyPublisher body) {
        try {
            HttpRequest.Builder message =
                    HttpRequest.newBuilder(uri(request.target())).method(request.method(), body);
            for (Header field : request.headers().fields()) {
                message.header(field.name(), field.value());
            }
            return message.build();
        } catch (IllegalArgumentException refused) {
            throw refused("the JDK's client refuses the request: " + refused.getMessage(), refused);
        }
    }

    /** The client understands a target and writes down what it understood; it must be the same. */
    private URI uri(String target) {
        URI uri = URI.create(base + target);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        boolean understood = target.startsWith("/") && !query.equals("?") && target.equals(uri.getRawPath() + query);
        // What is not ASCII it would encode.
        if (!understood || !target.equals(uri.toASCIIString().substring(base.length()))) {
            throw new IllegalArgumentException("its target would not be sent as it stands");
        }
        return uri;
    }

    private static InvalidRequestException refused(String message, @Nullable Throwable cause) {
        return new InvalidRequestException(message, ErrorFacts.NONE, cause);
    }
}
