package dev.paddock.soak;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The request of every call and the fate of each of its attempts. Immutable.
 *
 * @param seed the seed of all random numbers
 * @param healthyShare the part of the requests that the server answers as it should, from 0 to 1
 */
record SoakPlan(long seed, double healthyShare) {

    static final Duration DEADLINE = Duration.ofSeconds(5);

    /** What the server does on its worst day. */
    static final double WORST_DAY = 0.66;

    private static final double CANCELLED = 0.03;
    private static final double HURRIED = 0.02;
    private static final int LONGEST_MOMENT_MILLIS = 25;

    CallKind work(int call) {
        return CallKind.values()[random(call, 1).nextInt(CallKind.values().length)];
    }

    /** Returns what the server does to an attempt, counted from 0. */
    InjectedFault fault(int call, int attempt) {
        return InjectedFault.of(random(call, 100 + attempt).nextDouble(), healthyShare);
    }

    /** Returns whether a connection is closed or reset when its first request arrives. */
    boolean closesOnFirstRequest(int connection) {
        return healthyShare < 1 && random(connection, 2).nextInt(50) == 0;
    }

    /** Returns after how many milliseconds the caller cancels, or -1 if he does not. */
    int cancelAfterMillis(int call) {
        SplittableRandom random = random(call, 3);
        return random.nextDouble() < CANCELLED ? random.nextInt(LONGEST_MOMENT_MILLIS) : -1;
    }

    /** Returns how long the call may take. */
    Duration deadline(int call) {
        SplittableRandom random = random(call, 4);
        return random.nextDouble() < HURRIED
                ? Duration.ofMillis(1 + random.nextInt(LONGEST_MOMENT_MILLIS))
                : DEADLINE;
    }

    /** Returns the pieces of the text that is the right answer to a call. */
    static List<String> pieces(int call) {
        return IntStream.range(0, 3 + call % 8)
                .mapToObj(piece -> " piece-" + call + "-" + piece)
                .toList();
    }

    static String text(int call) {
        return String.join("", pieces(call));
    }

    /** Returns the numbers of the vector that is the right answer to a call. */
    static float[] vector(int call) {
        return new float[] {call % 1000 / 1000f, call / 1000 % 1000 / 1000f, 0.5f};
    }

    private SplittableRandom random(int number, int purpose) {
        return new SplittableRandom(seed * 1_000_003 + number * 7_919L + purpose * 104_729L).split();
    }
}
