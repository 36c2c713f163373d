package dev.paddock.bootstrap.bench;

/**
 * How many requests there are.
 *
 * @param requests how many are measured, at least 1
 * @param warmUp how many go before them and are not counted, 0 or more
 * @param repetitions into how many parts the measured ones are cut, to see how much alike they are, 1 to the number of
 *     requests
 */
public record RequestCount(int requests, int warmUp, int repetitions) {

    public RequestCount {
        if (requests < 1 || warmUp < 0 || repetitions < 1 || repetitions > requests) {
            throw new IllegalArgumentException("no such number of requests");
        }
    }

    /** Returns this amount without the requests that are not counted. */
    RequestCount ofWarmUp() {
        return new RequestCount(warmUp, 0, 1);
    }
}
