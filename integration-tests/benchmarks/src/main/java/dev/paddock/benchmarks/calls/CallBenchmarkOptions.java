package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.Contender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param workloads in the order of the tables
 * @param contenders in the order of the tables
 * @param interleaved whether the contenders take turns instead of running one after the other
 * @param effort the effort for each contender
 * @param output a file for the tables besides the standard output, or null
 */
record CallBenchmarkOptions(
        List<CallWorkload> workloads,
        List<Contender> contenders,
        boolean interleaved,
        Effort effort,
        @Nullable Path output) {

    CallBenchmarkOptions {
        workloads = List.copyOf(workloads);
        contenders = List.copyOf(contenders);
    }

    /** Returns the options that measure everything. */
    static CallBenchmarkOptions everything(boolean interleaved) {
        return new CallBenchmarkOptions(List.of(CallWorkload.values()), List.of(Contender.values()), interleaved,
                interleaved ? Effort.INTERLEAVED : Effort.THOROUGH, null);
    }

    /** Parses the options; {@code --interleaved} must be the first one. Everything is measured unless an option restricts it. */
    static CallBenchmarkOptions parse(String... arguments) {
        List<String> rest = List.of(arguments);
        boolean interleaved = !rest.isEmpty() && rest.getFirst().equals("--interleaved");
        CallBenchmarkOptions options = everything(interleaved);
        rest = rest.subList(interleaved ? 1 : 0, rest.size());
        while (!rest.isEmpty()) {
            String name = rest.getFirst();
            if (name.equals("--quick")) {
                options = options.with(Effort.QUICK);
                rest = rest.subList(1, rest.size());
            } else if (rest.size() == 1) {
                throw new IllegalArgumentException(name + " needs a value");
            } else {
                options = options.with(name, rest.get(1));
                rest = rest.subList(2, rest.size());
            }
        }
        return options;
    }

    private CallBenchmarkOptions with(String name, String value) {
        return switch (name) {
            case "--workloads" -> new CallBenchmarkOptions(
                    Arrays.stream(value.split(",")).map(CallWorkload::named).toList(), contenders, interleaved, effort, output);
            case "--contenders" -> new CallBenchmarkOptions(
                    workloads, Arrays.stream(value.split(",")).map(Contender::named).toList(), interleaved, effort, output);
            case "--rounds" -> with(effort.withRounds(Integer.parseInt(value)));
            case "--warm-up" -> with(effort.withWarmUp(Duration.ofSeconds(Long.parseLong(value))));
            case "--output" -> new CallBenchmarkOptions(workloads, contenders, interleaved, effort, Path.of(value));
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    private CallBenchmarkOptions with(Effort newEffort) {
        return new CallBenchmarkOptions(workloads, contenders, interleaved, newEffort, output);
    }

    /**
     * The effort for a contender at a workload.
     *
     * @param rounds the number of measurements, each after those of all other contenders
     * @param warmUp the maximum warm-up of each JVM; it ends earlier when the compilers are idle
     * @param time the length of a measurement
     */
    record Effort(int rounds, Duration warmUp, Duration time) {

        static final Effort QUICK = new Effort(1, Duration.ofSeconds(8), Duration.ofSeconds(2));
        static final Effort THOROUGH = new Effort(3, Duration.ofSeconds(20), Duration.ofSeconds(10));
        /** For contenders that exist at the same time. */
        static final Effort INTERLEAVED = new Effort(60, Duration.ofSeconds(20), Duration.ofMillis(300));

        Effort {
            if (rounds < 1) {
                throw new IllegalArgumentException("rounds must be at least 1");
            }
        }

        Effort withRounds(int newRounds) {
            return new Effort(newRounds, warmUp, time);
        }

        Effort withWarmUp(Duration longest) {
            return new Effort(rounds, longest, time);
        }

        @Override
        public String toString() {
            return "%d round(s) of %d ms after at most %d s of warm-up".formatted(rounds, time.toMillis(), warmUp.toSeconds());
        }
    }
}
