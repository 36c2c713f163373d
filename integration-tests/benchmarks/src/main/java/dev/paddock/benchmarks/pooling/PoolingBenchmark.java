package dev.paddock.benchmarks.pooling;

import dev.paddock.benchmarks.BenchmarkMachine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Measures what pooling is worth, and prints it next to what is claimed for it. */
public final class PoolingBenchmark {

    private static final int FEWEST_CALLS = 4;

    private PoolingBenchmark() {}

    /** Takes how many calls of each kind to make, {@value #FEWEST_CALLS} at least, and the name of the transport. */
    public static void main(String... arguments) throws IOException {
        run(Integer.parseInt(arguments[0]), arguments[1], new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    private static void run(int calls, String transport, PrintStream out) throws IOException {
        if (calls < FEWEST_CALLS) {
            throw new IllegalArgumentException("at least " + FEWEST_CALLS + " calls are needed");
        }
        long start = System.nanoTime();
        PoolingMeasurer measuring = new PoolingMeasurer(calls, transport);
        List<PoolingScenario> settings = PoolingScenario.all();
        settings.stream().filter(PoolingScenario::waitsForNothing).forEach(measuring::warmUp);
        List<PoolingResult> findings = settings.stream().map(measuring::measure).toList();
        introduction(calls, transport).forEach(out::println);
        out.println();
        PoolingTables.latency(findings).forEach(out::println);
        out.println();
        PoolingTables.throughput(findings).forEach(out::println);
        out.println();
        new Claims(findings).table().forEach(out::println);
        out.printf(Locale.ROOT, "%nMeasured in %d s.%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    private static List<String> introduction(int calls, String transport) throws IOException {
        return List.of(
                BenchmarkMachine.describe() + "; transport " + transport + ". " + calls + " calls of each kind, 25 times as many "
                        + "where nothing is waited for. Latencies are medians. Calls a second are those of a client "
                        + "that begins without a connection: one of " + calls + " pooled calls opens one, and of " + PoolingMeasurer.CONCURRENT_CALLERS
                        + " callers one of " + calls / 2 + ". Client, link and server share one process.",
                "",
                "Network: a forwarder lets every byte travel half of the cost each way, and "
                        + "nothing of a new connection before the whole of it has passed, which stands for "
                        + "the handshake of TCP. That of TLS 1.3 travels as bytes do. Not in it: loss, "
                        + "bandwidth, slow start, looking up names, and connections refused for want of "
                        + "room. Costly opening: the same without the travelling.");
    }
}
