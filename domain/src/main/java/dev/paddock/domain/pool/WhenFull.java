package dev.paddock.domain.pool;

/** What happens to a call when all connections to its server are in use. */
public enum WhenFull {
    /** The call fails at once with {@link dev.paddock.domain.error.PoolExhaustedException}. */
    FAIL,
    /** The call waits its turn, first come first served, for as long as the lease timeout allows. */
    WAIT,
    /** The call opens an extra connection, which is closed after use. */
    OVERFLOW
}
