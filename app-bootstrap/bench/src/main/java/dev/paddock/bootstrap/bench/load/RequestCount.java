package dev.paddock.bootstrap.bench.load;

/**
 * The number of requests in each mode.
 *
 * @param requests measured requests, at least 1
 * @param warmUp requests of the warm-up, which are not measured, 0 or more
 * @param repetitions parts into which the measured requests are divided to see how much they vary, 1 to {@code requests}
 */
public record RequestCount(int requests, int warmUp, int repetitions) {

    public RequestCount {
        if (requests < 1 || warmUp < 0 || repetitions < 1 || repetitions > requests) {
            throw new IllegalArgumentException("the number of requests, warm-up requests or repetitions is out of range");
        }
    }
}
