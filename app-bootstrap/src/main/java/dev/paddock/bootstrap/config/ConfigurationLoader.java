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
     * Reads the settings.
     *
     * @throws ConfigurationException with every problem that there is: unknown keys, values that a key cannot have,
     *     values that contradict each other, a file that cannot be read
     */
    public PaddockSettings load() {
        return read(this::client);
    }

    /**
     * Reads the settings of a gateway and of its client. The profile of the pool is {@code load-balancer} unless somebody chose
     * another: what many callers share has to let them wait, as the server itself would.
     *
     * @throws ConfigurationException with every problem that there is, as {@link #load()} does
     */
    public GatewayConfiguration loadGateway() {
        return read((reader, profile) -> new GatewayConfiguration(
                client(reader, reader.chosen(SettingKey.POOL_PROFILE) == null ? PoolProfile.LOAD_BALANCER : profile),
                new GatewayAssembly(reader).assemble()));
    }

    private PaddockSettings client(SettingReader reader, PoolProfile profile) {
        return new SettingsAssembly(reader.withDefault(new ProfileLayer(profile)), transports).assemble();
    }

    private <T> T read(BiFunction<SettingReader, PoolProfile, T> assembly) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        ClassLoader ofPaddock = ConfigurationLoader.class.getClassLoader();
        Config reference = ConfigFactory.parseResources(ofPaddock, "reference.conf").resolve();
        Overrides given = sources.overrides();
        Config overrides = FlatConfig.of(given.values(), key -> given.origin());
        Config properties = FlatConfig.of(sources.systemProperties(), FlatConfig::systemProperty);
        Config file = new ApplicationFile(sources, problems::add).read(reference);
        UnknownKeyCheck keyCheck = new UnknownKeyCheck(problems::add);
        Stream.of(overrides, properties, file).forEach(keyCheck::check);

        List<SettingsLayer> layers = List.of(
                new HoconLayer(overrides),
                new HoconLayer(properties),
                new EnvironmentLayer(sources.environment()),
                new HoconLayer(file));
        SettingReader reader = new SettingReader(layers, List.of(new HoconLayer(reference)), problems::add);
        PoolProfile profile =
                reader.read(SettingKey.POOL_PROFILE, ValueParsers.oneOf(PoolProfile.values(), PoolProfile::label));
        T settings = assembly.apply(reader, profile);
        new UnreachableTimeoutCheck(reader, problems::add).check();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }
}
