package dev.paddock.soak;

import java.time.Duration;

/**
 * How long a run is, by system properties.
 *
 * @param calls how many calls are made, {@code soak.calls}
 * @param longest when no further call is begun, {@code soak.minutes}
 * @param seed the seed of all random numbers, {@code soak.seed}
 * @param transport the transport, {@code soak.transport}
 */
record SoakSettings(int calls, Duration longest, long seed, String transport) {

    static SoakSettings ofSystemProperties() {
        return new SoakSettings(
                Integer.getInteger("soak.calls", 2_000),
                Duration.ofMinutes(Integer.getInteger("soak.minutes", 10)),
                Long.getLong("soak.seed", 1),
                System.getProperty("soak.transport", "apache5"));
    }

    SoakSettings withCalls(int newCalls) {
        return new SoakSettings(newCalls, longest, seed, transport);
    }

    @Override
    public String toString() {
        return "soak: " + calls + " calls, at most " + longest.toMinutes() + " minutes, seed " + seed + ", transport "
                + transport;
    }
}
