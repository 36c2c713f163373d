package dev.paddock.bootstrap.config;

import dev.paddock.bootstrap.config.source.ConfigurationSources;
import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.EffectiveSetting;
import dev.paddock.bootstrap.config.value.ValueParsers;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.PoolProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings. The first source that sets a key wins: overrides of the caller, system properties ({@code paddock.*}),
 * environment variables, the configuration file, the pool profile, the defaults in {@code reference.conf}. Immutable.
 */
public final class ConfigurationLoader {

    private static final String POOL_PROFILE = "paddock.pool.profile";

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
                new ConfigurationSources(List.of(), systemProperties, System.getenv(), classPath), Set.of());
    }

    /** Returns a loader of the defaults, which ignores system properties, environment variables and configuration files. */
    public static ConfigurationLoader ofDefaults() {
        return new ConfigurationLoader(
                new ConfigurationSources(List.of(), Map.of(), Map.of(), ClassLoader.getPlatformClassLoader()), Set.of());
    }

    /** Returns the keys that have a default: those of the {@code reference.conf} files on the class path, without groups, sorted. */
    public static List<String> keys() {
        return ConfigurationSources.keys();
    }

    /**
     * Returns a value as it may be shown to people: a secret, and credentials in a URL, are hidden.
     *
     * @param name the key, or the name of an environment variable
     */
    public static String shown(String name, String value) {
        return ConfigurationSources.shown(name, value);
    }

    /**
     * Returns a loader with values that win over all others, earlier overrides included.
     *
     * @param origin the name of their source in messages, for example {@code command line}
     * @param values the values by key, for example {@code paddock.pool.hosts}, in the notation of the configuration file; {@code
     *     config.file} names the configuration file
     */
    public ConfigurationLoader withOverrides(String origin, Map<String, String> values) {
        return withOverrides(key -> origin, values);
    }

    /**
     * Returns a loader with values that win over all others, earlier overrides included. The elements of a list may be given one by one,
     * for example with the key {@code paddock.backends.0.base-url}.
     *
     * @param origins returns where the value of a key was set, for messages
     * @param values the values by key, in the notation of the configuration file
     */
    public ConfigurationLoader withOverrides(UnaryOperator<String> origins, Map<String, String> values) {
        return new ConfigurationLoader(sources.withOverrides(origins, values), transports);
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
     * Returns a loader that accepts only the given names as {@code paddock.transport}. Without them the name is checked when the
     * client is built.
     */
    public ConfigurationLoader withTransports(Set<String> newTransports) {
        return new ConfigurationLoader(sources, newTransports);
    }

    /** Returns the configuration file, or null when there is none or it is inside an archive. It need not exist. */
    public @Nullable Path file() {
        return sources.file();
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
        SettingReader reader = sources.open((key, message, origin) -> problems.add(new ConfigurationProblem(key, message, origin)));
        PoolProfile chosen = reader.read(POOL_PROFILE, ValueParsers.oneOf(PoolProfile.values(), PoolProfile::label));
        SettingReader client = withProfile(reader, reader.isSet(POOL_PROFILE) ? chosen : profile);
        T settings = assembly.apply(new SettingsAssembly(client, transports).assemble(), reader);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }

    /**
     * Returns the values of all keys, to be compared with those of another time. Nothing is checked.
     *
     * @param profile the pool profile that applies unless one is set
     */
    public SettingValues values(PoolProfile profile) {
        SettingReader reader = withChosenProfile(sources.open((key, message, origin) -> {}), profile);
        SequencedMap<String, @Nullable String> values = new TreeMap<>();
        ConfigurationSources.keys().forEach(key -> values.put(key, reader.raw(key)));
        return new SettingValues(values);
    }

    /**
     * Returns every key with its value and the place where it is set, in the order of the names. Secrets are hidden. Nothing is checked.
     *
     * @param profile the pool profile that applies unless one is set
     */
    public List<EffectiveSetting> effective(PoolProfile profile) {
        List<String> keys = ConfigurationSources.keys();
        SettingReader reader = withChosenProfile(sources.open((key, message, origin) -> {}), profile);
        return keys.stream().map(reader::effective).toList();
    }

    private static SettingReader withChosenProfile(SettingReader reader, PoolProfile profile) {
        PoolProfile chosen = reader.isSet(POOL_PROFILE)
                ? reader.read(POOL_PROFILE, ValueParsers.oneOf(PoolProfile.values(), PoolProfile::label))
                : profile;
        return withProfile(reader, chosen);
    }

    private static SettingReader withProfile(SettingReader reader, PoolProfile profile) {
        PoolLimits limits = profile.limits();
        return reader.withDefaults("pool profile " + profile.label(), Map.of(
                "paddock.pool.hosts", String.valueOf(limits.hosts()),
                "paddock.pool.connections-per-host", String.valueOf(limits.connectionsPerHost()),
                "paddock.pool.when-full", ValueParsers.label(limits.whenFull())));
    }
}
