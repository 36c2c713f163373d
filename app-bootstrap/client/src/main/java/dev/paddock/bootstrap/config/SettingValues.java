package dev.paddock.bootstrap.config;

import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values of all keys at one time, secrets included, to be compared with those of another time. Immutable; no method returns a value. */
public final class SettingValues {

    private final SequencedMap<String, @Nullable String> values;

    SettingValues(SequencedMap<String, @Nullable String> values) {
        this.values = new TreeMap<>(values);
    }

    /** Returns the keys whose values differ from those of another time, sorted. */
    public List<String> differences(SettingValues other) {
        return values.keySet().stream().filter(key -> !Objects.equals(values.get(key), other.values.get(key))).toList();
    }

    /** Returns the number of keys. */
    @Override
    public String toString() {
        return values.size() + " settings";
    }
}
