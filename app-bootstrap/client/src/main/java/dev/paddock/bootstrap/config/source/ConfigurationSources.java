package dev.paddock.bootstrap.config.source;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that values can come from. Immutable.
 *
 * @param overrides values of the caller, the strongest first; they win over all other sources
 * @param systemProperties the system properties by name
 * @param environment the environment variables by name
 * @param classPath where {@code application.conf} is looked for
 */
public record ConfigurationSources(
        List<Overrides> overrides,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        ClassLoader classPath) {

    /** Copies the lists and maps. */
    public ConfigurationSources {
        overrides = List.copyOf(overrides);
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        requireNonNull(classPath, "classPath");
    }

    /**
     * Returns a reader of the keys that the {@code reference.conf} files on the class path of Paddock define. Unknown keys and an
     * unusable file are reported at once, wrong values when they are read.
     */
    public SettingReader open(SettingReader.Problems problems) {
        Reference reference = Reference.ofClassPath();
        Set<String> known = new HashSet<>(reference.keys());
        List<SettingReader.Layer> layers = new ArrayList<>();
        for (Overrides given : overrides) {
            layers.add(FlatLayer.of(given.values(), given.origins(), known));
        }
        layers.add(FlatLayer.of(systemProperties, SystemProperty::origin, known));
        layers.add(new EnvironmentLayer(environment));
        Config file = new ApplicationFile(this, problems).read();
        if (file != null) {
            layers.add(new HoconLayer(file));
        }
        for (SettingReader.Layer layer : layers) {
            if (layer instanceof HoconLayer values) {
                new UnknownKeyCheck(reference.keys(), problems).check(values.config());
            }
        }
        return new SettingReader(layers, List.of(reference.defaults()), problems);
    }

    /** Returns the keys that the {@code reference.conf} files on the class path of Paddock define, without their groups, sorted. */
    public static List<String> keys() {
        return Reference.ofClassPath().keys();
    }

    /** Returns the value of a key or of a variable as it may be shown to people: a secret, and credentials in a URL, are hidden. */
    public static String shown(String name, String value) {
        return SecretText.shown(name, value);
    }

    /** Returns the configuration file, or null when there is none or it is inside an archive. It need not exist. */
    public @Nullable Path file() {
        return new ApplicationFile(this, (key, message, origin) -> {}).path();
    }

    /** Returns these sources with values that win over all others, and where each of them was set. */
    public ConfigurationSources withOverrides(UnaryOperator<String> origins, Map<String, String> values) {
        List<Overrides> more = new ArrayList<>(overrides);
        more.addFirst(new Overrides(origins, values));
        return new ConfigurationSources(more, systemProperties, environment, classPath);
    }

    /** Returns these sources with other system properties. */
    public ConfigurationSources withSystemProperties(Map<String, String> newSystemProperties) {
        return new ConfigurationSources(overrides, newSystemProperties, environment, classPath);
    }

    /** Returns these sources with another environment. */
    public ConfigurationSources withEnvironment(Map<String, String> newEnvironment) {
        return new ConfigurationSources(overrides, systemProperties, newEnvironment, classPath);
    }

    /** Returns these sources with another class path. */
    public ConfigurationSources withClassPath(ClassLoader newClassPath) {
        return new ConfigurationSources(overrides, systemProperties, environment, newClassPath);
    }

    /**
     * Values that a caller gives.
     *
     * @param origins returns where the value of a key was set, for messages, for example {@code command line}
     * @param values the values by key, for example {@code paddock.pool.hosts}
     */
    public record Overrides(UnaryOperator<String> origins, Map<String, String> values) {

        /** Copies the map. */
        public Overrides {
            requireNonNull(origins, "origins");
            values = Map.copyOf(values);
        }
    }
}
