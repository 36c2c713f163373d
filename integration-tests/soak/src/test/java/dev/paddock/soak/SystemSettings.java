package dev.paddock.soak;

import java.time.Duration;

/**
 * How long the whole system is under load, by system properties.
 *
 * @param length how long calls are begun, {@code soak.system.seconds}
 * @param perSecond calls begun in a second, {@code soak.system.rate}
 * @param faultEvery the time from one fault to the next, {@code soak.system.fault-seconds}
 * @param seed the seed of all random numbers, {@code soak.seed}
 * @param ownProcess whether the gateway has a process of its own, {@code soak.system.process}; only then are its memory, descriptors and threads
 *     judged
 */
record SystemSettings(Duration length, int perSecond, Duration faultEvery, long seed, boolean ownProcess) {

    static SystemSettings ofSystemProperties() {
        return new SystemSettings(
                Duration.ofSeconds(Integer.getInteger("soak.system.seconds", 2)),
                Integer.getInteger("soak.system.rate", 40),
                Duration.ofSeconds(Integer.getInteger("soak.system.fault-seconds", 1)),
                Long.getLong("soak.seed", 1),
                Boolean.getBoolean("soak.system.process"));
    }

    int calls() {
        return (int) (length.toMillis() * perSecond / 1000);
    }

    @Override
    public String toString() {
        return "soak of the whole system: " + length.toSeconds() + " s, " + perSecond + " calls a second, a fault each "
                + faultEvery.toSeconds() + " s, seed " + seed + (ownProcess ? "" : ", in one process");
    }
}
