package dev.paddock.bootstrap.bench.comparison;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.comparison.Change.ChangeVerdict;
import dev.paddock.bootstrap.bench.result.BenchResult;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of a mode add: the difference to a mode without them.
 *
 * @param with the mode with the layers
 * @param without the mode with which it is compared
 */
public record LayerEffect(ModeResult with, ModeResult without) {

    /** The figures whose changes show the effect. */
    public static final List<Measure> MEASURES = List.of(Measure.P50, Measure.P95, Measure.THROUGHPUT);

    public LayerEffect {
        requireNonNull(with, "with");
        requireNonNull(without, "without");
    }

    /** Returns the effects of all modes of a result that can be compared with another one. */
    public static List<LayerEffect> of(BenchResult result) {
        List<Mode> measured = result.modes().stream().map(ModeResult::mode).toList();
        return result.modes().stream()
                .filter(mode -> Mode.reference(mode.mode(), measured) != mode.mode())
                .filter(mode -> mode.mode() != Mode.UNPOOLED)
                .map(mode -> new LayerEffect(mode, named(Mode.reference(mode.mode(), measured), result)))
                .toList();
    }

    private static ModeResult named(Mode name, BenchResult result) {
        return result.modes().stream().filter(mode -> mode.mode() == name).findFirst().orElseThrow();
    }

    /** Returns the change of a figure, or null when it is not known. */
    public @Nullable Change change(Measure measure) {
        Range before = range(without, measure);
        Range now = range(with, measure);
        return before == null || now == null ? null : new Change(measure, before, now);
    }

    /** Returns the change of a figure as text, for example {@code -45%}, or {@code ~} within the noise. */
    public String changeText(Measure measure) {
        Change change = change(measure);
        Double relative = change == null ? null : change.relative();
        if (change == null || relative == null) {
            return "-";
        }
        return change.verdict() == ChangeVerdict.WITHIN_NOISE ? "~" : String.format(Locale.ROOT, "%+.0f%%", relative * 100);
    }

    private static @Nullable Range range(ModeResult mode, Measure measure) {
        Double whole = mode.whole().values().get(measure);
        List<Double> parts = mode.parts().stream().map(part -> part.values().get(measure)).filter(Objects::nonNull).toList();
        return whole == null ? null : new Range(whole, parts);
    }

    /** Returns this effect as plain values that can be written as JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("against", without.mode().label());
        for (Measure measure : MEASURES) {
            Change change = change(measure);
            if (change != null) {
                map.put(measure.label(), change.toMap());
            }
        }
        map.put("failures", with.whole().failures() - without.whole().failures());
        map.put("requests_sent", with.connections().sent() - without.connections().sent());
        return map;
    }
}
