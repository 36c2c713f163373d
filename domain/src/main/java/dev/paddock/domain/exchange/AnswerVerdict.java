package dev.paddock.domain.exchange;

/**
 * What an answer means. Retries, circuits, metrics, access log and typed failures all follow this one verdict, which an
 * {@link AnswerClassifier} gives.
 */
public enum AnswerVerdict {
    /** The server did what was asked. */
    OK("ok"),
    /** The server redirects, which is not followed. */
    REDIRECT("invalid_request"),
    /** The server refuses the request because of what it asks; the same request is refused again. */
    CLIENT_ERROR("invalid_request"),
    /** The server does not accept the caller. */
    AUTHENTICATION("authentication"),
    /** The server has nothing at the path of the request. */
    NOT_FOUND("not_found"),
    /** The server does not have the model that the request names. */
    MODEL_MISSING("model_not_found"),
    /** The caller has sent too many requests. */
    RATE_LIMITED("rate_limited"),
    /** The caller has used up its quota or its credit, so that waiting does not help. */
    QUOTA_EXHAUSTED("rate_limited"),
    /** The server has too much to do; this is no sign of bad health. */
    BUSY("server_busy"),
    /** The server has not processed the request, but may process it on another connection. */
    NOT_PROCESSED("server_failed"),
    /** The server reports that the request was cancelled. */
    REQUEST_CANCELLED("server_failed"),
    /** The model that the request names has failed to answer it; the server itself answers. */
    MODEL_FAILED("server_failed"),
    /** The server has failed to answer the request. */
    SERVER_FAILED("server_failed"),
    /** A proxy reports that the server behind it does not answer, whatever the request; this is a sign of bad health. */
    UNAVAILABLE("server_failed");

    private final String label;

    AnswerVerdict(String label) {
        this.label = label;
    }

    /** Returns the bounded label for metrics and the access log; verdicts that call for the same reaction share one. */
    public String label() {
        return label;
    }

    /** Returns whether the answer is an error; a redirection is none for a relay, which passes it on. */
    public boolean isError() {
        return this != OK && this != REDIRECT;
    }

    /** Returns what a status means by itself (RFC 9110, section 15). The body may give a classifier a better verdict. */
    public static AnswerVerdict ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> AUTHENTICATION;
            case 404 -> NOT_FOUND;
            case 408, 421, 425 -> NOT_PROCESSED;
            case 429 -> RATE_LIMITED;
            case 499 -> REQUEST_CANCELLED;
            case 501, 505 -> CLIENT_ERROR;
            case 502, 504 -> UNAVAILABLE;
            case 503, 529 -> BUSY;
            default -> status < 300 ? OK : status < 400 ? REDIRECT : status < 500 ? CLIENT_ERROR : SERVER_FAILED;
        };
    }
}
