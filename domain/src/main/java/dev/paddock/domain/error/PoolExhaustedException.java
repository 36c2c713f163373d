package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** Every connection to the server that the pool may open is in use, and the pool is set not to wait. */
public final class PoolExhaustedException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final int limit;

    /** Creates the failure for the limit (connections to one server) that was reached. */
    public PoolExhaustedException(int limit, ErrorFacts facts) {
        super(ErrorKind.POOL_EXHAUSTED, message(limit, facts.backend()), facts, null);
        this.limit = limit;
    }

    /** Returns the number of connections to one server that was reached. */
    public int limit() {
        return limit;
    }

    private static String message(int limit, @Nullable String backend) {
        return "all " + limit + " connections to " + (backend == null ? "the server" : backend) + " are in use";
    }
}
