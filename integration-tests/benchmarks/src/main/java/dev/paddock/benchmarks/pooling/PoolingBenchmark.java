package dev.paddock.benchmarks.pooling;

import dev.paddock.benchmarks.BenchmarkMachine;
import dev.paddock.benchmarks.pooling.PoolingComparison.PoolingResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Measures the effect of connection pooling, and prints it next to the claims. */
public final class PoolingBenchmark {

    private static final int FEWEST_CALLS = 4;

    private PoolingBenchmark() {}

    /** Takes the number of calls of each kind, at least {@value #FEWEST_CALLS}, and the name of the transport. */
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
                BenchmarkMachine.describe() + "; transport " + transport + ". " + calls + " calls of each kind, and 25 times as many "
                        + "without any delay. Latencies are medians. For calls per second the client starts without a "
                        + "connection: one of " + calls + " pooled calls opens one; with " + PoolingMeasurer.CONCURRENT_CALLERS
                        + " callers, one of " + calls / 2 + " does. Client, link and server run in one process.",
                "",
                "Network: a forwarder delays every byte by half of the cost in each direction, and each new connection by "
                        + "the whole cost, like the TCP handshake. The bytes of the TLS 1.3 handshake are delayed like all "
                        + "others. Not simulated: packet loss, bandwidth, slow start, name lookup, and a full accept "
                        + "queue. Costly opening: only new connections are delayed.");
    }

    /** The findings as tables in Markdown. */
    static final class PoolingTables {

        private PoolingTables() {}

        /** Returns the latencies of sequential calls. */
        static List<String> latency(List<PoolingResult> findings) {
            String head = "| link | cost ms | protocol | model ms | first call ms | later calls, pooled ms "
                    + "| every call, unpooled ms | unpooled / pooled | saved per call ms |";
            return table(head, findings, finding -> String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f x | %.1f |",
                    of(finding.setting()),
                    finding.firstMillis(),
                    finding.sequential().pooledMillis(),
                    finding.sequential().unpooledMillis(),
                    finding.sequential().ratio(),
                    finding.sequential().savedMillis()));
        }

        /** Returns the calls per second. */
        static List<String> throughput(List<PoolingResult> findings) {
            String head = "| link | cost ms | protocol | model ms | 1 caller, pooled /s | unpooled /s | change "
                    + "| " + PoolingMeasurer.CONCURRENT_CALLERS + " callers, pooled /s | unpooled /s | change |";
            return table(head, findings, finding -> String.format(
                    Locale.ROOT,
                    "| %s | %s | %s |",
                    of(finding.setting()),
                    throughput(finding.sequential()),
                    throughput(finding.concurrent())));
        }

        private static String throughput(PoolingComparison pair) {
            return String.format(
                    Locale.ROOT,
                    "%.1f | %.1f | %+.0f %%",
                    pair.pooledThroughput(),
                    pair.unpooledThroughput(),
                    pair.gain() * 100);
        }

        private static String of(PoolingScenario setting) {
            return setting.link().name() + " | " + setting.link().opening().toMillis() + " | " + setting.protocol() + " | "
                    + setting.modelLatency().toMillis();
        }

        private static List<String> table(String head, List<PoolingResult> findings, Function<PoolingResult, String> row) {
            List<String> rows = findings.stream().map(row).toList();
            String rule = "|---|--:|---|" + "--:|".repeat((int) head.chars().filter(each -> each == '|').count() - 4);
            return Stream.concat(Stream.of(head, rule), rows.stream()).toList();
        }
    }
}
