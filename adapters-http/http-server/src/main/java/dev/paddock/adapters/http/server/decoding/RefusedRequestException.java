package dev.paddock.adapters.http.server.decoding;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * A request that the server refuses before its handler answers it. The decoder also emits it as a message, in place of the rest
 * of the request. It has no stack trace, because clients can cause it at any rate.
 */
public final class RefusedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String path;

    /**
     * Creates a refusal of a request whose path is not known.
     *
     * @param status the status of the response
     * @param reason one sentence that contains nothing that the client sent
     */
    public RefusedRequestException(HttpResponseStatus status, String reason) {
        this(status.code(), reason, null);
    }

    private RefusedRequestException(int status, String reason, @Nullable String path) {
        super(reason, null, false, false);
        this.status = status;
        this.path = path;
    }

    /** Throws a refusal with status 400 unless a condition holds. */
    static void badRequestUnless(boolean condition, String reason) {
        if (!condition) {
            throw new RefusedRequestException(HttpResponseStatus.BAD_REQUEST, reason);
        }
    }

    /** Throws a refusal with status 413 if a body is longer than the limit. */
    public static void requireBodyWithin(long length, long limit) {
        if (length > limit) {
            throw new RefusedRequestException(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large");
        }
    }

    /** Returns this refusal with a path. */
    public RefusedRequestException withPath(@Nullable String requestPath) {
        return new RefusedRequestException(status, reason(), requestPath);
    }

    /** Returns the status of the response. */
    public int status() {
        return status;
    }

    /** Returns the reason, one sentence that contains nothing that the client sent. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Returns the path of the request, or its beginning as received, or null if it is not known. */
    public @Nullable String path() {
        return path;
    }
}
