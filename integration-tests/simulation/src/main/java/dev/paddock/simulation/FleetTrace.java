package dev.paddock.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the calls of a simulation: the same ones for the same size, rate and seed. */
final class FleetTrace {

    private static final double PROMPT_SECONDS = 0.3;
    private static final double PROMPT_SPREAD = 0.7;
    private static final double GENERATION_SECONDS = 3;
    private static final double GENERATION_SPREAD = 0.8;

    /** The mean time of a call in a slot: that of the two log-normal distributions. */
    static final double MEAN_SERVICE_SECONDS = PROMPT_SECONDS * Math.exp(PROMPT_SPREAD * PROMPT_SPREAD / 2)
            + GENERATION_SECONDS * Math.exp(GENERATION_SPREAD * GENERATION_SPREAD / 2);

    private static final int BUSY_ONE_OF = 100;
    private static final int BUSY_FACTOR = 30;

    private FleetTrace() {}

    /** Returns the calls in the order of their times, with random pauses between them. */
    static List<FleetCall> of(FleetSize size, double callsPerSecond, long seed) {
        Random random = new Random(seed);
        double[] popularity = new double[size.models()];
        double sum = 0;
        for (int model = 0; model < popularity.length; model++) {
            sum += 1.0 / (model + 1);
            popularity[model] = sum;
        }
        int busy = Math.max(1, size.callers() / BUSY_ONE_OF);
        double shareOfBusy = (double) busy * BUSY_FACTOR / ((double) busy * BUSY_FACTOR + size.callers() - busy);
        List<FleetCall> calls = new ArrayList<>();
        double seconds = 0;
        while (true) {
            seconds += -Math.log(1 - random.nextDouble()) / callsPerSecond;
            if (seconds >= size.duration().toSeconds()) {
                return calls;
            }
            int caller = random.nextDouble() < shareOfBusy ? random.nextInt(busy) : busy + random.nextInt(size.callers() - busy);
            calls.add(new FleetCall(
                    calls.size(),
                    nanos(seconds),
                    caller,
                    VirtualOllama.modelName(drawn(popularity, random.nextDouble() * sum)),
                    nanos(PROMPT_SECONDS * Math.exp(PROMPT_SPREAD * random.nextGaussian())),
                    nanos(GENERATION_SECONDS * Math.exp(GENERATION_SPREAD * random.nextGaussian()))));
        }
    }

    private static int drawn(double[] cumulated, double value) {
        int index = 0;
        while (index < cumulated.length - 1 && cumulated[index] < value) {
            index++;
        }
        return index;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }
}
