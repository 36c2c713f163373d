package dev.paddock.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.paddock.domain.pool.PoolProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the settings from where they may be given. What is said first counts: overrides of the caller, then system
 * properties ({@code paddock.*}), then the environment, then the configuration file, then the profile of the pool, then
 * the defaults in {@code reference.conf}. Immutable.
 */
public final class ConfigurationLoader {

    private final ConfigurationSources sources;
    private final Set<String> transports;

    private ConfigurationLoader(ConfigurationSources sources, Set<String> transports) {
        this.sources = sources;
        this.transports = Set.copyOf(transports);
    }

    /** Returns a loader of the settings of this process. */
    public static ConfigurationLoader ofProcess() {
        Properties properties = System.getProperties();
        Map<String, String> systemProperties = properties.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, properties::getProperty));
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        ClassLoader classPath = ofThread == null ? ConfigurationLoader.class.getClassLoader() : ofThread;
        return new ConfigurationLoader(
                new ConfigurationSources(Overrides.NONE, systemProperties, System.getenv(), classPath), Set.of());
    }

    /** Returns a loader of the defaults, which knows neither properties nor variables nor a file. */
    public static ConfigurationLoader ofDefaults() {
        return new ConfigurationLoader(
                new ConfigurationSources(Overrides.NONE, Map.of(), Map.of(), ClassLoader.getPlatformClassLoader()), Set.of());
    }

    /**
     * Returns a loader with the given values in place of former overrides.
     *
     * @param origin what messages call the place that they come from, for example {@code command line}
     * @param values the values by key, for example {@code paddock.pool.hosts}; notation as in a file
     */
    public ConfigurationLoader withOverrides(String origin, Map<String, String> values) {
        return new ConfigurationLoader(sources.withOverrides(new Overrides(origin, values)), transports);
    }

    /** Returns a loader with the given system properties in place of those of the process. */
    public ConfigurationLoader withSystemProperties(Map<String, String> systemProperties) {
        return new ConfigurationLoader(sources.withSystemProperties(systemProperties), transports);
    }

    /** Returns a loader with the given environment in place of that of the process. */
    public ConfigurationLoader withEnvironment(Map<String, String> environment) {
        return new ConfigurationLoader(sources.withEnvironment(environment), transports);
    }

    /** Returns a loader which looks for {@code application.conf} on the given class path. */
    public ConfigurationLoader withClassPath(ClassLoader classPath) {
        return new ConfigurationLoader(sources.withClassPath(classPath), transports);
    }

    /**
     * Returns a loader which refuses any transport but the given ones. Without this, a transport is checked when it is
     * needed.
     */
    public ConfigurationLoader withTransports(Set<String> newTransports) {
        return new ConfigurationLoader(sources, newTransports);
    }

    /**
     * Reads the settings of a client.
     *
     * @throws ConfigurationException with every problem that there is: unknown keys, values that a key cannot have,
     *     values that contradict each other, a file that cannot be read
     */
    public PaddockSettings load() {
        return load(PoolProfile.DEFAULT, (client, reader) -> client);
    }

    /**
     * Reads the settings of a client and further keys, which the {@code reference.conf} of another module defines.
     *
     * @param profile the pool profile that applies unless one is set
     * @param assembly makes the result of the client's settings and the further keys
     * @throws ConfigurationException with every problem that there is, as {@link #load()} does
     */
    public <T> T load(PoolProfile profile, BiFunction<PaddockSettings, SettingReader, T> assembly) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        ClassLoader ofPaddock = ConfigurationLoader.class.getClassLoader();
        Config reference = ConfigFactory.parseResources(ofPaddock, "reference.conf").withOnlyPath("paddock").resolve();
        Overrides given = sources.overrides();
        Config overrides = FlatConfig.of(given.values(), key -> given.origin());
        Config properties = FlatConfig.of(sources.systemProperties(), FlatConfig::systemProperty);
        Config file = new ApplicationFile(sources, problems::add).read(reference);
        UnknownKeyCheck keyCheck = new UnknownKeyCheck(reference, problems::add);
        Stream.of(overrides, properties, file).forEach(keyCheck::check);

        List<SettingsLayer> layers = List.of(
                new HoconLayer(overrides),
                new HoconLayer(properties),
                new EnvironmentLayer(sources.environment()),
                new HoconLayer(file));
        SettingReader reader = new SettingReader(layers, List.of(new HoconLayer(reference)), problems::add);
        PoolProfile chosen = reader.read("paddock.pool.profile", ValueParsers.oneOf(PoolProfile.values(), PoolProfile::label));
        SettingReader client =
                reader.withDefault(new ProfileLayer(reader.chosen("paddock.pool.profile") == null ? profile : chosen));
        T settings = assembly.apply(new SettingsAssembly(client, transports).assemble(), reader);
        new UnreachableTimeoutCheck(reader, problems::add).check();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }
}
