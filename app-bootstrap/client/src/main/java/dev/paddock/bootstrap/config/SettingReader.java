package dev.paddock.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys from layers: the first layer that says something about a key counts. What is wrong is reported, and the
 * default stands in for it, so that the reading goes on and finds every problem.
 */
public final class SettingReader {

    private final List<SettingsLayer> layers;
    private final List<SettingsLayer> defaults;
    private final Consumer<ConfigurationProblem> problems;

    SettingReader(List<SettingsLayer> layers, List<SettingsLayer> defaults, Consumer<ConfigurationProblem> problems) {
        this.layers = List.copyOf(layers);
        this.defaults = List.copyOf(defaults);
        this.problems = problems;
    }

    /** Returns a reader which asks the given layer before the defaults. */
    SettingReader withDefault(SettingsLayer layer) {
        List<SettingsLayer> more = new ArrayList<>(defaults);
        more.addFirst(layer);
        return new SettingReader(layers, more, problems);
    }

    /** Returns the value of a key that always has one. */
    public <T> T read(String key, ValueParser<T> type) {
        T value = find(key, type);
        if (value == null) {
            throw new IllegalStateException("reference.conf of Paddock does not define " + key
                    + "; when jars are merged into one, their reference.conf files must be appended to each other");
        }
        return value;
    }

    /** Returns the value of a key, or null if it has none. */
    public <T> @Nullable T find(String key, ValueParser<T> type) {
        ConfiguredValue setting = first(layers, key);
        if (setting != null) {
            try {
                return type.read(setting.text());
            } catch (InvalidValueException invalid) {
                problems.accept(new ConfigurationProblem(key, invalid.reason(), setting.origin()));
            }
        }
        ConfiguredValue byDefault = first(defaults, key);
        return byDefault == null ? null : type.read(byDefault.text());
    }

    /** Returns what somebody chose for a key, or null if it has its default. */
    @Nullable ConfiguredValue chosen(String key) {
        return first(layers, key);
    }

    private static @Nullable ConfiguredValue first(List<SettingsLayer> layers, String key) {
        for (SettingsLayer layer : layers) {
            ConfiguredValue setting = layer.find(key);
            if (setting != null) {
                return setting;
            }
        }
        return null;
    }
}
