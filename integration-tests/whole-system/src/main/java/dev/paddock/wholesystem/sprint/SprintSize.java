package dev.paddock.wholesystem.sprint;

import dev.paddock.wholesystem.SimulatedFleet.ServerTraits;
import java.time.Duration;

/**
 * How large a sprint is.
 *
 * @param requests the requests of the load of earlier software, after its warm-up
 * @param warmUp the requests of its warm-up
 * @param callers its callers
 * @param logged the questions of the realistic load
 * @param perSecond how many of them are asked in a second
 * @param prepared the questions before each load that are not counted, so that code is compiled and models are loaded
 * @param server what a server can do
 * @param slowness how many times as slow one of the servers is in the realistic load
 */
public record SprintSize(
        int requests, int warmUp, int callers, int logged, double perSecond, int prepared, ServerTraits server, int slowness) {

    /** The size of figures that are kept. */
    public static final SprintSize FULL = new SprintSize(
            100, 10, 10, 160, 12, 40,
            new ServerTraits(Duration.ofMillis(8), Duration.ofMillis(6), Duration.ofMillis(1500), 2, Duration.ZERO), 5);

    /** Enough to see that everything works. */
    public static final SprintSize QUICK = new SprintSize(
            10, 5, 5, 16, 40, 0, new ServerTraits(Duration.ofMillis(1), Duration.ZERO, Duration.ofMillis(5), 2, Duration.ZERO), 2);
}
