package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.bench.BenchResult;
import dev.paddock.bootstrap.bench.Comparison;
import dev.paddock.bootstrap.bench.ComparisonJson;
import dev.paddock.bootstrap.bench.ResultJson;
import dev.paddock.domain.error.ErrorKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark tells of itself.
 *
 * @param result what was measured
 * @param comparison how it compares with an earlier one, or null when that was not asked
 */
record BenchOutput(BenchResult result, @Nullable Comparison comparison) {

    BenchOutput {
        requireNonNull(result, "result");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(new BenchReport(result).lines());
        if (comparison != null) {
            lines.add("");
            lines.addAll(new BenchChanges(comparison).lines());
        }
        return lines;
    }

    String json() {
        Map<String, Object> map = new LinkedHashMap<>(ResultJson.toMap(result));
        if (comparison != null) {
            map.put("comparison", ComparisonJson.toMap(comparison));
        }
        return PlainJson.toText(map);
    }

    /** Returns what the exit status tells: that all failed is a failure, that some failed is a result. */
    ExitStatus status() {
        if (!result.complete()) {
            return ExitStatus.CANCELLED;
        }
        boolean anySuccess =
                result.modes().stream().anyMatch(mode -> mode.measured().whole().successes() > 0);
        return anySuccess ? ExitStatus.OK : ExitStatus.of(mostFrequentError());
    }

    private ErrorKind mostFrequentError() {
        Map<ErrorKind, Long> all = new EnumMap<>(ErrorKind.class);
        result.modes().forEach(mode -> mode.measured()
                .whole()
                .errors()
                .forEach((kind, count) -> all.merge(kind, count, Long::sum)));
        return all.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
    }
}
