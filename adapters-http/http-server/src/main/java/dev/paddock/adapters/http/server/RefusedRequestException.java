package dev.paddock.adapters.http.server;

/** A request that this server does not accept; caught where the answer is chosen, so it needs no stack trace. */
final class RefusedRequestException extends RuntimeException {

    static final int BAD_REQUEST = 400;
    static final int REQUEST_TIMEOUT = 408;
    static final int CONTENT_TOO_LARGE = 413;
    static final int URI_TOO_LONG = 414;
    static final int EXPECTATION_FAILED = 417;
    static final int HEADER_FIELDS_TOO_LARGE = 431;
    static final int NOT_IMPLEMENTED = 501;
    static final int SERVICE_UNAVAILABLE = 503;
    static final int VERSION_NOT_SUPPORTED = 505;
    static final int INSUFFICIENT_STORAGE = 507;

    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedRequestException(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    static RefusedRequestException badRequest(String reason) {
        return new RefusedRequestException(BAD_REQUEST, reason);
    }

    /** Refuses a body that is longer than it may be. */
    static void refuseBody(long length, long most) {
        if (length > most) {
            throw new RefusedRequestException(CONTENT_TOO_LARGE, "the body is too large");
        }
    }

    int status() {
        return status;
    }

    /** Why, in a sentence that holds nothing the client sent. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
