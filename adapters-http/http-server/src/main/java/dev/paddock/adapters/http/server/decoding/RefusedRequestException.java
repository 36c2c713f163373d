package dev.paddock.adapters.http.server.decoding;

import org.jspecify.annotations.Nullable;

/**
 * A request that the server refuses before its handler answers it. The decoder also emits it as a message, in place of the rest
 * of the request. It has no stack trace, because clients can cause it at any rate.
 */
public final class RefusedRequestException extends RuntimeException {

    public static final int BAD_REQUEST = 400;
    public static final int REQUEST_TIMEOUT = 408;
    public static final int CONTENT_TOO_LARGE = 413;
    public static final int URI_TOO_LONG = 414;
    public static final int EXPECTATION_FAILED = 417;
    public static final int HEADER_FIELDS_TOO_LARGE = 431;
    public static final int NOT_IMPLEMENTED = 501;
    public static final int SERVICE_UNAVAILABLE = 503;
    public static final int VERSION_NOT_SUPPORTED = 505;
    public static final int INSUFFICIENT_STORAGE = 507;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String path;

    /**
     * Creates a refusal of a request whose path is not known.
     *
     * @param status the status of the response
     * @param reason one sentence that contains nothing that the client sent
     */
    public RefusedRequestException(int status, String reason) {
        this(status, reason, null);
    }

    private RefusedRequestException(int status, String reason, @Nullable String path) {
        super(reason, null, false, false);
        this.status = status;
        this.path = path;
    }

    /** Throws a refusal with status 400 unless a condition holds. */
    static void badRequestUnless(boolean condition, String reason) {
        if (!condition) {
            throw new RefusedRequestException(BAD_REQUEST, reason);
        }
    }

    /** Throws a refusal with status 413 if a body is longer than the limit. */
    public static void requireBodyWithin(long length, long limit) {
        if (length > limit) {
            throw new RefusedRequestException(CONTENT_TOO_LARGE, "the body is too large");
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

    /** Returns the path of the request, or null if it was not understood that far. */
    public @Nullable String path() {
        return path;
    }
}
