package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

/**
 * How much is sent in each mode.
 *
 * @param measured the measured requests, at least one
 * @param warmUp the requests of the warm-up, which are not measured
 * @param parts parts into which the measured requests are divided to see how much they vary, at least 1 and at most as many as requests
 */
public record LoadSize(LoadLimit measured, LoadLimit warmUp, int parts) {

    public LoadSize {
        requireNonNull(measured, "measured");
        requireNonNull(warmUp, "warmUp");
        if (measured.isNone() || parts < 1 || parts > measured.most()) {
            throw new IllegalArgumentException("the number of requests or of parts is out of range");
        }
    }

    /** Returns the size of a number of requests after a number of requests that are not measured. */
    public static LoadSize ofRequests(int requests, int warmUp, int parts) {
        return new LoadSize(LoadLimit.ofRequests(requests), LoadLimit.ofRequests(warmUp), parts);
    }
}
