package dev.paddock.bootstrap.config.source;

import dev.paddock.bootstrap.config.value.EffectiveSetting;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.bootstrap.config.value.ValueParser;
import dev.paddock.bootstrap.config.value.ValueParsers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys from several sources; the first source that sets a key wins. A wrong value is reported and replaced by the
 * default, so that reading goes on and finds every problem. Immutable.
 */
public final class SettingReader {

    private final List<Layer> layers;
    private final List<Layer> defaults;
    private final Problems problems;

    SettingReader(List<Layer> layers, List<Layer> defaults, Problems problems) {
        this.layers = List.copyOf(layers);
        this.defaults = List.copyOf(defaults);
        this.problems = problems;
    }

    /**
     * Returns a reader with other defaults for some keys.
     *
     * @param origin the name of these defaults in messages
     * @param values the defaults by key
     */
    public SettingReader withDefaults(String origin, Map<String, String> values) {
        List<Layer> more = Stream.concat(Stream.of(new FlatLayer(values, key -> origin)), defaults.stream()).toList();
        return new SettingReader(layers, more, problems);
    }

    /**
     * Returns the value of a key that has a default.
     *
     * @throws IllegalStateException if no {@code reference.conf} defines the key
     */
    public <T> T read(String key, ValueParser<T> type) {
        T value = find(key, type);
        if (value == null) {
            throw new IllegalStateException("reference.conf of Paddock does not define " + key
                    + "; when jars are merged into one, their reference.conf files must be appended to each other");
        }
        return value;
    }

    /** Returns the value of a key, or null if the key is not set and has no default. */
    public <T> @Nullable T find(String key, ValueParser<T> type) {
        ConfiguredValue value = first(layers, key);
        if (value != null) {
            try {
                return type.read(value.text());
            } catch (InvalidValueException invalid) {
                problems.report(key, invalid.reason(), value.origin());
            }
        }
        ConfiguredValue byDefault = first(defaults, key);
        return byDefault == null ? null : type.read(byDefault.text());
    }

    /** Returns the value of a key and where it is set, without a secret. */
    public EffectiveSetting effective(String key) {
        ConfiguredValue value = first(layers, key);
        ConfiguredValue used = value == null ? first(defaults, key) : value;
        return new EffectiveSetting(
                key, used == null ? null : used.shown(key), value == null, used == null ? "default" : used.origin());
    }

    /** Returns the value of a key as it was written, secrets included, or null if the key is not set and has no default. */
    public @Nullable String raw(String key) {
        ConfiguredValue value = first(layers, key);
        ConfiguredValue used = value == null ? first(defaults, key) : value;
        return used == null ? null : used.raw();
    }

    /** Returns whether a source sets the key, so that its default does not apply. */
    public boolean isSet(String key) {
        return first(layers, key) != null;
    }

    /**
     * Reports a time that can never be reached because another time always ends first. It reports only times that are set: a
     * default gives way without a message.
     */
    public void requireAtMost(String shorter, String longer) {
        ConfiguredValue first = first(layers, shorter);
        ConfiguredValue second = first(layers, longer);
        if (first == null || second == null) {
            return;
        }
        try {
            Duration duration = ValueParsers.duration().read(first.text());
            if (duration.compareTo(ValueParsers.duration().read(second.text())) > 0) {
                String obstacle = longer + " is " + second.text() + " (" + second.origin() + ")";
                problems.report(shorter, "is " + first.text() + ", which can never be reached: " + obstacle, first.origin());
            }
        } catch (InvalidValueException reportedBefore) {
            return;
        }
    }

    /**
     * Reports a number of bytes that is set and too large. A default gives way without a message.
     *
     * @param bound the name of what bounds it
     */
    public void requireAtMost(String key, long most, String bound) {
        ConfiguredValue value = first(layers, key);
        if (value == null) {
            return;
        }
        try {
            if (ValueParsers.manyBytes(0, Long.MAX_VALUE).read(value.text()) > most) {
                problems.report(key, "is " + value.text() + ", more than " + bound + " (" + most + " bytes)", value.origin());
            }
        } catch (InvalidValueException reportedBefore) {
            return;
        }
    }

    /** Reports a flag that is set to true although another one, without which it has no effect, is false, as it is by default. */
    public void requireFlag(String key, String needed) {
        ConfiguredValue value = first(layers, key);
        ConfiguredValue other = first(layers, needed);
        if (value == null) {
            return;
        }
        try {
            if (ValueParsers.flag().read(value.text()) && (other == null || !ValueParsers.flag().read(other.text()))) {
                problems.report(key, "is " + value.text() + ", which needs " + needed + " = true", value.origin());
            }
        } catch (InvalidValueException reportedBefore) {
            return;
        }
    }

    /**
     * Returns a reader of each object in a list; none when no source sets the list. An element that is a text stands for an object with
     * that text in one key, and a text instead of the list for several of them, separated by commas. Problems name the element, for
     * example {@code paddock.backends[0].weight}.
     *
     * @param known the keys of the objects; another one is a problem
     * @param textKey the key that a text is the value of
     */
    public List<SettingReader> objects(String key, Set<String> known, String textKey) {
        List<ObjectList.Element> elements = layers.stream()
                .map(layer -> layer.objects(key, textKey, problems))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(List.of());
        List<SettingReader> readers = new ArrayList<>();
        for (ObjectList.Element element : elements) {
            Problems ofElement = (name, message, origin) -> problems.report(element.name() + "." + name, message, origin);
            element.reportUnknown(known, ofElement);
            readers.add(new SettingReader(List.of(element.values()), List.of(), ofElement));
        }
        return readers;
    }

    /**
     * Returns the value of an environment variable that sets no key of its own, or null if it is not set or has a wrong value.
     *
     * @param key the key because of which the variable is read, for the report of a problem
     */
    public <T> @Nullable T findVariable(String name, String key, ValueParser<T> type) {
        String value = layers.stream().map(layer -> layer.variable(name)).filter(Objects::nonNull).findFirst().orElse(null);
        try {
            return value == null ? null : type.read(value);
        } catch (InvalidValueException invalid) {
            problems.report(key, "reads a variable that " + invalid.reason(), EnvironmentLayer.origin(name));
            return null;
        }
    }

    /** Returns the texts of a list, which may also be written as one text with commas; none when no source sets it and it has no default. */
    public List<String> texts(String key) {
        for (Layer layer : Stream.concat(layers.stream(), defaults.stream()).toList()) {
            List<String> texts = layer.texts(key, problems);
            if (texts != null) {
                return texts;
            }
        }
        return List.of();
    }

    /**
     * Returns whether a source sets the key that comes before all that set the other one. The environment does not count: its variables are
     * often set for other programs.
     */
    public boolean precedes(String key, String other) {
        for (Layer layer : layers) {
            boolean isOther = layer.find(other) != null;
            if (isOther || (layer.isOfPaddock() && layer.find(key) != null)) {
                return !isOther;
            }
        }
        return false;
    }

    /** Reports a problem with a key, whether it is set or not. */
    public void report(String key, String message) {
        ConfiguredValue value = first(layers, key);
        problems.report(key, message, value == null ? layers.getFirst().origin() : value.origin());
    }

    private static @Nullable ConfiguredValue first(List<Layer> layers, String key) {
        for (Layer layer : layers) {
            ConfiguredValue value = layer.find(key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** One source of values. */
    interface Layer {

        /** Returns the value of a key, or null if this source does not set it. */
        @Nullable ConfiguredValue find(String key);

        /** Returns the objects in a list, or null if this source does not set it. */
        default @Nullable List<ObjectList.Element> objects(String key, String textKey, Problems problems) {
            return null;
        }

        /** Returns the texts in a list, or null if this source does not set it. */
        default @Nullable List<String> texts(String key, Problems problems) {
            return null;
        }

        /** Returns the value of an environment variable, or null if this source has none. */
        default @Nullable String variable(String name) {
            return null;
        }

        /** Returns whether its values can only be meant for Paddock. */
        default boolean isOfPaddock() {
            return true;
        }

        /** Returns the place of the source. */
        default String origin() {
            return "configuration";
        }
    }

    /** Collects what is wrong. */
    @FunctionalInterface
    public interface Problems {

        /**
         * Adds one problem.
         *
         * @param key the key that is wrong
         * @param message what is wrong with it, a text that can follow the key
         * @param origin where the key was set
         */
        void report(String key, String message, String origin);
    }
}
