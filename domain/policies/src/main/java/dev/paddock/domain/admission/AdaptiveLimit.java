package dev.paddock.domain.admission;

/**
 * A limit of calls in progress that follows a server: additive increase, multiplicative decrease (AIMD). It grows by one for as many
 * successful calls as it allows, and only while it is used completely. It shrinks by a tenth when the server has too much to do.
 *
 * <p>The bounds may change with the servers; the limit then keeps its ratio to the least value.
 *
 * <p>Only calls that were started under the present limit change it, so that one overload shrinks it once. Not thread-safe.
 */
final class AdaptiveLimit {

    private static final double DECREASE = 0.9;

    private int least = 1;
    private int most = 1;
    private double limit = 1;
    private long epoch;

    /** Creates the limit, which begins with the least value. */
    AdaptiveLimit(int least, int most) {
        resize(least, most);
    }

    /**
     * Changes the bounds.
     *
     * @param newLeast 1 or more; the limit is never below it
     * @param newMost at least {@code newLeast}; the limit is never above it
     */
    void resize(int newLeast, int newMost) {
        if (newLeast < 1 || newMost < newLeast) {
            throw new IllegalArgumentException("a limit from " + newLeast + " to " + newMost + " is none");
        }
        limit = Math.clamp(limit / least * newLeast, newLeast, newMost);
        least = newLeast;
        most = newMost;
    }

    /** Returns how many calls may be in progress. */
    int current() {
        return (int) limit;
    }

    /** Returns the number of decreases so far. A call keeps the number that it started with. */
    long epoch() {
        return epoch;
    }

    /**
     * Takes note of a call that the server has answered.
     *
     * @param startEpoch the epoch in which the call was started
     * @param inProgress the calls in progress, this one included
     */
    void succeeded(long startEpoch, int inProgress) {
        if (startEpoch == epoch && inProgress >= current()) {
            limit = Math.min(most, limit + 1 / limit);
        }
    }

    /**
     * Takes note of a call that shows that the server has too much to do.
     *
     * @param startEpoch the epoch in which the call was started
     */
    void overloaded(long startEpoch) {
        if (startEpoch == epoch) {
            epoch++;
            limit = Math.max(least, limit * DECREASE);
        }
    }
}
