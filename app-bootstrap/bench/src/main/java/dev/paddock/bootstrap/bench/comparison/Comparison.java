package dev.paddock.bootstrap.bench.comparison;

import dev.paddock.bootstrap.bench.comparison.Change.ChangeVerdict;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The comparison of a result with a baseline of the same load.
 *
 * @param changes the changes of the figures that both results have, for each mode that both have
 * @param differences the differences between the environments, as text; they may be the cause of changes
 */
public record Comparison(Map<Mode, List<Change>> changes, List<String> differences) {

    private static final String TIME = "time";

    public Comparison {
        changes = Map.copyOf(changes);
        differences = List.copyOf(differences);
    }

    /**
     * Compares two results of the same load, see {@link Summary#requireLoad}.
     *
     * @throws IllegalArgumentException if the results have no mode in common
     */
    public static Comparison of(Summary before, Summary now) {
        boolean sameLimits = before.limits().equals(now.limits());
        Map<Mode, List<Change>> changes = new EnumMap<>(Mode.class);
        now.modes().forEach((mode, figures) -> {
            Map<Measure, Range> old = before.figures(mode);
            if (old != null) {
                changes.put(mode, changes(old, figures, sameLimits));
            }
        });
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("has no mode in common with this benchmark");
        }
        return new Comparison(changes, differences(before.environment(), now.environment()));
    }

    /** Returns the comparison as plain values that can be written as JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> modes = new LinkedHashMap<>();
        changes.forEach((mode, ofMode) -> {
            Map<String, Object> byMeasure = new LinkedHashMap<>();
            ofMode.forEach(change -> byMeasure.put(change.measure().label(), change.toMap()));
            modes.put(mode.label(), byMeasure);
        });
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment_differences", differences);
        map.put("modes", modes);
        return map;
    }

    /** Returns the figures that became worse by more than the noise, as text. */
    public List<String> worse() {
        List<String> worse = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            changes.getOrDefault(mode, List.of()).stream()
                    .filter(change -> change.verdict() == ChangeVerdict.WORSE)
                    .forEach(change -> worse.add(change.measure().title() + " of mode " + mode.label() + " is worse"));
        }
        return worse;
    }

    private static List<Change> changes(Map<Measure, Range> before, Map<Measure, Range> now, boolean sameLimits) {
        List<Change> changes = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            Range old = before.get(measure);
            Range fresh = now.get(measure);
            boolean isOfLimits = measure == Measure.GOODPUT || measure == Measure.WITHIN_LIMITS;
            if (old != null && fresh != null && (sameLimits || !isOfLimits)) {
                changes.add(new Change(measure, old, fresh));
            }
        }
        return changes;
    }

    /** Returns the entries in which two maps differ, except for the time, as text. */
    static List<String> differences(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.remove(TIME);
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            String old = before.getOrDefault(name, "not set");
            String fresh = now.getOrDefault(name, "not set");
            if (!old.equals(fresh)) {
                differences.add(name + " was " + old + " and is " + fresh);
            }
        }
        return differences;
    }
}
