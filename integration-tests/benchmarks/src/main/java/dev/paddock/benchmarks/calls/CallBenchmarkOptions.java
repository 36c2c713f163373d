package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.Contender;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param workloads in the order of the tables
 * @param contenders in the order of the tables
 * @param effort how long everything is measured
 * @param output where the tables go besides the standard output; null for nowhere
 */
record CallBenchmarkOptions(
        List<CallWorkload> workloads, List<Contender> contenders, Effort effort, @Nullable Path output) {

    CallBenchmarkOptions {
        workloads = List.copyOf(workloads);
        contenders = List.copyOf(contenders);
    }

    /** Returns what measures everything. */
    static CallBenchmarkOptions everything(Effort effort) {
        return new CallBenchmarkOptions(List.of(CallWorkload.values()), List.of(Contender.values()), effort, null);
    }

    /** Reads the options; what they leave open is everything, with the usual effort. */
    static CallBenchmarkOptions parse(Effort usual, String... arguments) {
        CallBenchmarkOptions settings = everything(usual);
        List<String> rest = List.of(arguments);
        while (!rest.isEmpty()) {
            String name = rest.getFirst();
            if (name.equals("--quick")) {
                settings = settings.with(Effort.QUICK);
                rest = rest.subList(1, rest.size());
            } else if (rest.size() == 1) {
                throw new IllegalArgumentException(name + " needs a value");
            } else {
                settings = settings.with(name, rest.get(1));
                rest = rest.subList(2, rest.size());
            }
        }
        return settings;
    }

    private CallBenchmarkOptions with(String name, String value) {
        return switch (name) {
            case "--workloads" -> new CallBenchmarkOptions(
                    Arrays.stream(value.split(",")).map(CallWorkload::named).toList(), contenders, effort, output);
            case "--contenders" -> new CallBenchmarkOptions(
                    workloads, Arrays.stream(value.split(",")).map(Contender::named).toList(), effort, output);
            case "--rounds" -> with(effort.withRounds(Integer.parseInt(value)));
            case "--output" -> new CallBenchmarkOptions(workloads, contenders, effort, Path.of(value));
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    private CallBenchmarkOptions with(Effort newEffort) {
        return new CallBenchmarkOptions(workloads, contenders, newEffort, output);
    }
}
