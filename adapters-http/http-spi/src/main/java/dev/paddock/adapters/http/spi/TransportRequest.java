package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RequestBody;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The request that a transport sends. Immutable, as long as an array given as the body is not changed.
 *
 * <p>A body is sent with {@code Content-Length}; an empty one is sent as no body, with {@code Content-Length: 0} for the
 * methods that usually have one (RFC 9110, section 8.6).
 *
 * @param method the HTTP method, sent as it stands
 * @param target path and query, sent as they stand
 * @param headers the fields to send, repeated ones as they stand; never Host, Content-Length, Transfer-Encoding or Proxy-Authorization
 * @param body the body, to be sent in {@link BodyPieces}; one without bytes means none
 * @param isConnectionReusable whether the connection may be kept for another request; the server is not informed
 * @param eventLoop the event loop on which the body of the response will be used, or null. A transport that has its connections on event
 *     loops of this kind uses one that lives there, so that a forwarded body does not change threads; any other ignores it
 */
public record TransportRequest(
        String method,
        String target,
        Headers headers,
        RequestBody body,
        boolean isConnectionReusable,
        @Nullable Executor eventLoop) {

    /** With two of the first ones in one head, a server and a proxy before it may disagree where the request ends. */
    private static final List<String> OF_THE_TRANSPORT = List.of("Host", "Content-Length", "Transfer-Encoding", "Proxy-Authorization");

    /**
     * Checks the request.
     *
     * @throws InvalidRequestException if a header field is one that only the transport sets
     */
    public TransportRequest {
        requireNonNull(method, "method");
        requireNonNull(target, "target");
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
        for (String name : OF_THE_TRANSPORT) {
            if (headers.contains(name)) {
                throw new InvalidRequestException(name + " is set by the transport", ErrorFacts.NONE);
            }
        }
    }

    /** Creates a request whose connection may be kept. */
    public TransportRequest(String method, String target, Headers headers, RequestBody body) {
        this(method, target, headers, body, true, null);
    }

    /** Creates a request with a body that is held in memory; it is not copied, and empty means none. */
    public TransportRequest(String method, String target, Headers headers, byte[] body) {
        this(method, target, headers, RequestBody.of(body));
    }

    /** Returns this request with its connection to be closed after use; the server is not informed. */
    public TransportRequest withoutConnectionReuse() {
        return new TransportRequest(method, target, headers, body, false, eventLoop);
    }

    /** Returns this request with the event loop on which the body of its response will be used. */
    public TransportRequest withEventLoop(Executor loop) {
        return new TransportRequest(method, target, headers, body, isConnectionReusable, requireNonNull(loop, "loop"));
    }
}
