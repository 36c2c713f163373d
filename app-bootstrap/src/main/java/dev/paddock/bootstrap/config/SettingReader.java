package dev.paddock.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys from layers: the first layer that says something about a key counts. What is wrong is reported, and the
 * default stands in for it, so that the reading goes on and finds every problem.
 */
final class SettingReader {

    private final List<Layer> layers;
    private final List<Layer> defaults;
    private final Consumer<ConfigurationProblem> problems;

    SettingReader(List<Layer> layers, List<Layer> defaults, Consumer<ConfigurationProblem> problems) {
        this.layers = List.copyOf(layers);
        this.defaults = List.copyOf(defaults);
        this.problems = problems;
    }

    /** Returns a reader which asks the given layer before the defaults. */
    SettingReader withDefault(Layer layer) {
        List<Layer> more = new ArrayList<>(defaults);
        more.addFirst(layer);
        return new SettingReader(layers, more, problems);
    }

    /** Returns the value of a key that always has one. */
    <T> T read(Key key, ValueType<T> type) {
        T value = find(key, type);
        if (value == null) {
            throw new IllegalStateException("reference.conf of Paddock does not define " + key.path()
                    + "; when jars are merged into one, their reference.conf files must be appended to each other");
        }
        return value;
    }

    /** Returns the value of a key, or null if it has none. */
    <T> @Nullable T find(Key key, ValueType<T> type) {
        Setting setting = first(layers, key);
        if (setting != null) {
            try {
                return type.read(setting.text());
            } catch (InvalidValueException invalid) {
                problems.accept(new ConfigurationProblem(key.path(), invalid.reason(), setting.origin()));
            }
        }
        Setting byDefault = first(defaults, key);
        return byDefault == null ? null : type.read(byDefault.text());
    }

    /** Returns what somebody chose for a key, or null if it has its default. */
    @Nullable Setting chosen(Key key) {
        return first(layers, key);
    }

    private static @Nullable Setting first(List<Layer> layers, Key key) {
        for (Layer layer : layers) {
            Setting setting = layer.find(key);
            if (setting != null) {
                return setting;
            }
        }
        return null;
    }
}
