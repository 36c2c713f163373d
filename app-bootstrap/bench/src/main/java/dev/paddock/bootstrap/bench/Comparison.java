package dev.paddock.bootstrap.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A measurement beside an earlier one of the same load.
 *
 * @param changes how the figures have changed that both have, for each mode that both have
 * @param differences how the environments differ, in words; the changes may come from them
 */
public record Comparison(Map<Mode, List<Change>> changes, List<String> differences) {

    private static final String TIME = "time";

    public Comparison {
        changes = Map.copyOf(changes);
        differences = List.copyOf(differences);
    }

    /**
     * Compares results of the same load, see {@link Summary#requireLoad}.
     *
     * @throws IllegalArgumentException if they have no mode in common
     */
    public static Comparison of(Summary before, Summary now) {
        Map<Mode, List<Change>> changes = new EnumMap<>(Mode.class);
        before.modes().forEach((mode, figures) -> {
            if (now.modes().containsKey(mode)) {
                changes.put(mode, changes(figures, now.modes().get(mode)));
            }
        });
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("has no mode in common with this one");
        }
        return new Comparison(changes, differences(before.environment(), now.environment()));
    }

    private static List<Change> changes(Map<Measure, Range> before, Map<Measure, Range> now) {
        List<Change> changes = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            Range old = before.get(measure);
            Range fresh = now.get(measure);
            if (old != null && fresh != null) {
                changes.add(new Change(measure, old, fresh));
            }
        }
        return changes;
    }

    /** Returns what the two do not have in common, the time aside, in words. */
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
