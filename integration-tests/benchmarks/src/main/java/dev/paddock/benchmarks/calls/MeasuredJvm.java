package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.upstream.UpstreamAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The JVM of a contender: every one has the same arguments. */
final class MeasuredJvm {

    private static final String OPTIONS_VARIABLE = "BENCHMARK_JAVA_OPTIONS";

    private MeasuredJvm() {}

    static List<String> arguments(UpstreamAddress upstream, Duration warmUp) {
        List<String> arguments = new ArrayList<>(upstream.arguments());
        arguments.add(ContenderWarmUp.argument(warmUp));
        // Guice would make the JVM warn about what it uses; the launcher of the command line does the same.
        arguments.addAll(List.of("-Xms1g", "-Xmx1g", "-Dguice_bytecode_gen_option=DISABLED",
                // JMH makes newer JVMs warn; older ones do not know the option.
                "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"));
        String options = System.getenv(OPTIONS_VARIABLE);
        if (options != null) {
            arguments.addAll(List.of(options.strip().split("\\s+")));
        }
        return arguments;
    }
}
