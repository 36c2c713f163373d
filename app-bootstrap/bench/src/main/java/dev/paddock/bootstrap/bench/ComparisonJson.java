package dev.paddock.bootstrap.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A comparison as plain values that can be written as JSON. */
public final class ComparisonJson {

    private ComparisonJson() {}

    /** Returns all of a comparison. */
    public static Map<String, Object> toMap(Comparison comparison) {
        Map<String, Object> modes = new LinkedHashMap<>();
        comparison.changes().forEach((mode, changes) -> modes.put(mode.label(), byMeasure(changes)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment_differences", comparison.differences());
        map.put("modes", modes);
        return map;
    }

    private static Map<String, Object> byMeasure(List<Change> changes) {
        Map<String, Object> map = new LinkedHashMap<>();
        changes.forEach(change -> map.put(change.measure().label(), toMap(change)));
        return map;
    }

    private static Map<String, Object> toMap(Change change) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("before", change.before().figure());
        map.put("now", change.now().figure());
        Double relative = change.relative();
        Double noise = change.relativeNoise();
        if (relative != null && noise != null) {
            map.put("change", rounded(relative));
            map.put("noise", rounded(noise));
        }
        map.put("verdict", change.verdict().label());
        return map;
    }

    private static double rounded(double share) {
        return Math.round(share * 1e4) / 1e4;
    }
}
