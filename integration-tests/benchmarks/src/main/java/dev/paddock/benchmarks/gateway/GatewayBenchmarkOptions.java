package dev.paddock.benchmarks.gateway;

import java.util.Arrays;
import java.util.List;

/**
 * What to measure.
 *
 * @param loads what is asked
 * @param connections over how many connections at once
 * @param rounds how many times each is measured; the tables show medians
 * @param seconds how long each measurement takes
 * @param warmUp how many seconds each load runs at most through each front that is a JVM, before anything counts; it
 *     ends sooner when the compilers are calm
 * @param probes how often the first byte is timed
 */
record GatewayBenchmarkOptions(List<GatewayLoad> loads, List<Integer> connections, int rounds, int seconds, int warmUp, int probes) {

    private static final GatewayBenchmarkOptions DEFAULT = new GatewayBenchmarkOptions(
            List.of(GatewayLoad.CHAT, GatewayLoad.STREAM, GatewayLoad.PROMPT), List.of(1, 32, 256), 3, 4, 60, 3_000);

    static GatewayBenchmarkOptions parse(String... arguments) {
        GatewayBenchmarkOptions plan = DEFAULT;
        for (int at = 0; at < arguments.length; at += 2) {
            if (at + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[at] + " needs a value");
            }
            plan = plan.with(arguments[at], arguments[at + 1]);
        }
        return plan;
    }

    private GatewayBenchmarkOptions with(String option, String value) {
        return switch (option) {
            case "--loads" -> new GatewayBenchmarkOptions(Arrays.stream(value.split(",", -1)).map(GatewayLoad::named).toList(), connections, rounds,
                    seconds, warmUp, probes);
            case "--connections" -> new GatewayBenchmarkOptions(loads, Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList(),
                    rounds, seconds, warmUp, probes);
            case "--rounds" -> new GatewayBenchmarkOptions(loads, connections, Integer.parseInt(value), seconds, warmUp, probes);
            case "--seconds" -> new GatewayBenchmarkOptions(loads, connections, rounds, Integer.parseInt(value), warmUp, probes);
            case "--warm-up" -> new GatewayBenchmarkOptions(loads, connections, rounds, seconds, Integer.parseInt(value), probes);
            case "--probes" -> new GatewayBenchmarkOptions(loads, connections, rounds, seconds, warmUp, Integer.parseInt(value));
            default -> throw new IllegalArgumentException("unknown option " + option);
        };
    }
}
