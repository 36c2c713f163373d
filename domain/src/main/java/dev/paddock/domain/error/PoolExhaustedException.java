package dev.paddock.domain.error;

/** Every connection to the server that the pool may open is in use, and the pool is set not to wait. */
public final class PoolExhaustedException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final int limit;

    /** Creates the failure for the limit (connections to one server) that was reached. */
    public PoolExhaustedException(int limit, ErrorFacts facts) {
        super(
                ErrorKind.POOL_EXHAUSTED,
                "all " + limit + " connections to " + facts.backendInWords() + " are in use",
                facts,
                null);
        this.limit = limit;
    }

    /** Returns the number of connections to one server that was reached. */
    public int limit() {
        return limit;
    }
}
