package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.paddock.domain.pool.PoolProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the settings from where they may be given. What is said first counts: system properties ({@code paddock.*}),
 * then the environment, then the configuration file, then the profile of the pool, then the defaults in {@code
 * reference.conf}. Immutable.
 */
public final class ConfigurationLoader {

    private final Sources sources;

    private ConfigurationLoader(Sources sources) {
        this.sources = sources;
    }

    /** Returns a loader of the settings of this process. */
    public static ConfigurationLoader ofProcess() {
        Properties properties = System.getProperties();
        Map<String, String> systemProperties = properties.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, properties::getProperty));
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        ClassLoader classPath = ofThread == null ? ConfigurationLoader.class.getClassLoader() : ofThread;
        return new ConfigurationLoader(new Sources(systemProperties, System.getenv(), classPath, Set.of()));
    }

    /** Returns a loader of the defaults, which knows neither properties nor variables nor a file. */
    public static ConfigurationLoader ofDefaults() {
        return new ConfigurationLoader(new Sources(Map.of(), Map.of(), ClassLoader.getPlatformClassLoader(), Set.of()));
    }

    /** Returns a loader with the given system properties in place of those of the process. */
    public ConfigurationLoader withSystemProperties(Map<String, String> systemProperties) {
        return new ConfigurationLoader(
                new Sources(systemProperties, sources.environment(), sources.classPath(), sources.transports()));
    }

    /** Returns a loader with the given environment in place of that of the process. */
    public ConfigurationLoader withEnvironment(Map<String, String> environment) {
        return new ConfigurationLoader(
                new Sources(sources.systemProperties(), environment, sources.classPath(), sources.transports()));
    }

    /** Returns a loader which looks for {@code application.conf} on the given class path. */
    public ConfigurationLoader withClassPath(ClassLoader classPath) {
        return new ConfigurationLoader(new Sources(
                sources.systemProperties(),
                sources.environment(),
                requireNonNull(classPath, "classPath"),
                sources.transports()));
    }

    /**
     * Returns a loader which refuses any transport but the given ones. Without this, a transport is checked when it
     * is needed.
     */
    public ConfigurationLoader withTransports(Set<String> transports) {
        return new ConfigurationLoader(
                new Sources(sources.systemProperties(), sources.environment(), sources.classPath(), transports));
    }

    /**
     * Reads the settings.
     *
     * @throws ConfigurationException with every problem that there is: unknown keys, values that a key cannot have,
     *     values that contradict each other, a file that cannot be read
     */
    public PaddockSettings load() {
        List<ConfigurationProblem> problems = new ArrayList<>();
        ClassLoader ofPaddock = ConfigurationLoader.class.getClassLoader();
        Config reference = ConfigFactory.parseResources(ofPaddock, "reference.conf").resolve();
        Config properties = SystemProperties.toConfig(sources.systemProperties());
        Config file = new ApplicationFile(sources, problems::add).read(reference);
        KeyCheck keyCheck = new KeyCheck(problems::add);
        keyCheck.check(properties);
        keyCheck.check(file);

        List<Layer> layers = List.of(
                new ConfigLayer(properties), new EnvironmentLayer(sources.environment()), new ConfigLayer(file));
        SettingReader reader = new SettingReader(layers, List.of(new ConfigLayer(reference)), problems::add);
        PoolProfile profile =
                reader.read(Key.POOL_PROFILE, ValueTypes.oneOf(PoolProfile.values(), PoolProfile::label));
        PaddockSettings settings =
                new SettingsAssembly(reader.withDefault(new ProfileLayer(profile)), sources.transports()).assemble();
        new ConflictCheck(reader, problems::add).check();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }
}
