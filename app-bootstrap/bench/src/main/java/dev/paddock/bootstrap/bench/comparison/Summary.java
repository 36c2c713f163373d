package dev.paddock.bootstrap.bench.comparison;

import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ResultJson;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of a result that is needed for a comparison, read from the JSON that {@link ResultJson} writes, or from a file of
 * {@link RagBaseline}.
 *
 * @param load the load, keyed by the name of the option that sets it
 * @param isWholeLoad whether the load has all options; otherwise only those that it has are compared
 * @param limits the limits of good requests, as text
 * @param environment the environment of the benchmark
 * @param modes the figures of each mode
 * @param anyMode the figures that are compared with a mode that is not among the modes, or null
 */
public record Summary(
        Map<String, String> load,
        boolean isWholeLoad,
        List<String> limits,
        Map<String, String> environment,
        Map<Mode, Map<Measure, Range>> modes,
        @Nullable Map<Measure, Range> anyMode) {

    public Summary {
        load = Map.copyOf(load);
        limits = List.copyOf(limits);
        environment = Map.copyOf(environment);
        modes = Map.copyOf(modes);
    }

    /**
     * Reads a result.
     *
     * @param json plain values
     * @throws IllegalArgumentException if it is not a result of a benchmark, or the benchmark was stopped early; the message
     *     continues a sentence that begins with the name of the file
     */
    public static Summary of(@Nullable Object json) {
        Map<?, ?> result = object(json);
        if (RagBaseline.isOne(result)) {
            return RagBaseline.read(result);
        }
        if (!Objects.equals(result.get("format"), ResultJson.FORMAT)) {
            throw new IllegalArgumentException("is not a result of 'paddock bench' of this version");
        }
        if (!Objects.equals(result.get("complete"), true)) {
            throw new IllegalArgumentException("is the result of a benchmark that was stopped");
        }
        Map<?, ?> written = object(result.get("modes"));
        Map<Mode, Map<Measure, Range>> modes = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.values()) {
            if (written.get(mode.label()) instanceof Map<?, ?> ofMode) {
                modes.put(mode, ranges(ofMode));
            }
        }
        List<String> limits = result.get("slo") instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
        return new Summary(texts(result.get("load")), true, limits, texts(result.get("environment")), modes, null);
    }

    /**
     * Returns this result if it is a result of the given load.
     *
     * @throws IllegalArgumentException if the load is a different one; the message lists the differences
     */
    public Summary requireLoad(LoadPlan plan) {
        Map<String, String> planned = texts(plan.toMap());
        if (!isWholeLoad) {
            planned.keySet().retainAll(load.keySet());
        }
        List<String> differences = Comparison.differences(load, planned);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("measured another load: " + String.join(", ", differences));
        }
        return this;
    }

    /** Returns whether the figures of all modes have parts, without which changes cannot be told from noise. */
    public boolean hasParts() {
        return anyMode == null
                && modes.values().stream().flatMap(ranges -> ranges.values().stream()).allMatch(range -> range.parts().size() > 1);
    }

    /** Returns the figures of a mode, or null when they are unknown. */
    public @Nullable Map<Measure, Range> figures(Mode mode) {
        return modes.getOrDefault(mode, anyMode);
    }

    private static Map<Measure, Range> ranges(Map<?, ?> mode) {
        Map<?, ?> figures = object(mode.get("figures"));
        List<?> parts = mode.get("parts") instanceof List<?> list ? list : List.of();
        Map<Measure, Range> ranges = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            if (figures.get(measure.label()) instanceof Number figure) {
                ranges.put(measure, new Range(figure.doubleValue(), ofParts(measure, parts)));
            }
        }
        return ranges;
    }

    private static List<Double> ofParts(Measure measure, List<?> parts) {
        List<Double> values = new ArrayList<>();
        for (Object part : parts) {
            if (object(part).get(measure.label()) instanceof Number value) {
                values.add(value.doubleValue());
            }
        }
        return values;
    }

    private static Map<String, String> texts(@Nullable Object json) {
        Map<String, String> texts = new TreeMap<>();
        object(json).forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        return texts;
    }

    private static Map<?, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }
}
