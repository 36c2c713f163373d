package dev.paddock.benchmarks.pooling;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The findings as tables in Markdown. */
final class PoolingTables {

    private PoolingTables() {}

    /** Returns what calls one after the other take. */
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

    /** Returns how many calls there were in a second. */
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
