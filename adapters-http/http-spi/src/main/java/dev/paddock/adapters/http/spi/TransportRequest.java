package dev.paddock.adapters.http.spi;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RequestBody;
import java.util.List;
import java.util.Objects;

/**
 * The request that a transport sends. Immutable, as long as an array given as the body is not changed.
 *
 * <p>A body is sent with {@code Content-Length}; an empty one is sent as no body, with {@code Content-Length: 0} for the
 * methods that usually have one (RFC 9110, section 8.6).
 */
public final class TransportRequest {

    /** With two of these in one head, a server and a proxy before it may disagree where the request ends. */
    private static final List<String> FRAMING = List.of("Host", "Content-Length", "Transfer-Encoding");

    private final String method;
    private final String target;
    private final Headers headers;
    private final RequestBody body;
    private final boolean reusable;

    /**
     * Creates a request.
     *
     * @param method the HTTP method, sent as it stands
     * @param target path and query, sent as they stand
     * @param headers the fields to send, repeated ones as they stand; never Host, Content-Length or Transfer-Encoding
     * @param body the body; one without bytes means none
     * @throws InvalidRequestException if a header field is one that only the transport sets
     */
    public TransportRequest(String method, String target, Headers headers, RequestBody body) {
        this(method, target, headers, body, true);
    }

    /** Creates a request with a body that is held in memory; it is not copied, and empty means none. */
    public TransportRequest(String method, String target, Headers headers, byte[] body) {
        this(method, target, headers, RequestBody.of(body));
    }

    private TransportRequest(String method, String target, Headers headers, RequestBody body, boolean reusable) {
        this.method = Objects.requireNonNull(method, "method");
        this.target = Objects.requireNonNull(target, "target");
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = Objects.requireNonNull(body, "body");
        this.reusable = reusable;
        for (String name : FRAMING) {
            if (headers.contains(name)) {
                throw new InvalidRequestException(name + " is set by the transport", ErrorFacts.NONE);
            }
        }
    }

    /** Returns this request with its connection to be closed after use; the server is not informed. */
    public TransportRequest withoutConnectionReuse() {
        return new TransportRequest(method, target, headers, body, false);
    }

    /** Returns the HTTP method. */
    public String method() {
        return method;
    }

    /** Returns path and query. */
    public String target() {
        return target;
    }

    /** Returns the fields to send. */
    public Headers headers() {
        return headers;
    }

    /** Returns the body, to be sent in {@link BodyPieces}; one without bytes means none. */
    public RequestBody body() {
        return body;
    }

    /** Returns whether the connection may be kept for another request. */
    public boolean isConnectionReusable() {
        return reusable;
    }
}
