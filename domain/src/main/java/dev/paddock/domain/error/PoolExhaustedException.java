package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/**
 * This process cannot open another connection to the server: every connection that the pool may open is in use and the pool is set not to
 * wait, or the machine has no file descriptor, port or memory left.
 */
public final class PoolExhaustedException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final int limit;

    /**
     * Creates the failure for the limit (connections to one server) that was reached. It has no stack trace, because calls that are refused
     * may be many.
     */
    public PoolExhaustedException(int limit, ErrorFacts facts) {
        super(
                ErrorKind.POOL_EXHAUSTED,
                "all " + limit + " connections to " + facts.backendInWords() + " are in use",
                facts);
        this.limit = limit;
    }

    /** Creates the failure of a machine that has no file descriptor, port or memory left, with what happened and its cause. */
    public PoolExhaustedException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.POOL_EXHAUSTED, message, facts, cause);
        this.limit = 0;
    }

    /** Returns the number of connections to one server that was reached, or 0 when another resource is exhausted. */
    public int limit() {
        return limit;
    }
}
