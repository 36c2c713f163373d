package dev.paddock.bootstrap.config.source;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file of the application: the one that the caller names in its overrides as {@code config.file}, else the one that the
 * system property {@code config.file} names, else the one that the environment variable {@code PADDOCK_CONFIG} names, else {@code application.conf} on the class path, which
 * may be absent.
 */
final class ApplicationFile {

    static final String PROPERTY = "config.file";
    static final String VARIABLE = "PADDOCK_CONFIG";

    private static final String[] ON_CLASS_PATH = {"application.conf", "application.json", "application.properties"};

    private final ConfigurationSources sources;
    private final EnvironmentLayer environment;
    private final SettingReader.Problems problems;

    ApplicationFile(ConfigurationSources sources, SettingReader.Problems problems) {
        this.sources = sources;
        this.environment = new EnvironmentLayer(sources.environment());
        this.problems = problems;
    }

    /** Returns the content of the file, or null without a file; if the file cannot be used, reports it and returns nothing. */
    @Nullable Config read() {
        ConfigurationSources.Overrides given = given();
        if (given != null) {
            return named(given.values().getOrDefault(PROPERTY, ""), PROPERTY, given.origins().apply(PROPERTY));
        }
        String property = sources.systemProperties().get(PROPERTY);
        if (property != null) {
            return named(property, PROPERTY, SystemProperty.origin(PROPERTY));
        }
        String variable = environment.value(VARIABLE);
        if (variable != null) {
            return named(variable, VARIABLE, EnvironmentLayer.origin(VARIABLE));
        }
        if (Stream.of(ON_CLASS_PATH).allMatch(name -> sources.classPath().getResource(name) == null)) {
            return null; // not even a class of HOCON is loaded
        }
        ConfigParseOptions options = ConfigParseOptions.defaults().setClassLoader(sources.classPath());
        return guarded("application.conf", "class path", () ->
                resolve(ConfigFactory.parseResourcesAnySyntax("application", options)));
    }

    /** Returns where the file is, or null when none is named and the class path has none outside an archive. */
    @Nullable Path path() {
        ConfigurationSources.Overrides given = given();
        String property = given == null ? sources.systemProperties().get(PROPERTY) : given.values().get(PROPERTY);
        String named = property == null ? environment.value(VARIABLE) : property;
        if (named != null) {
            return Path.of(named);
        }
        return Stream.of(ON_CLASS_PATH)
                .map(sources.classPath()::getResource)
                .filter(resource -> resource != null && resource.getProtocol().equals("file"))
                .map(resource -> Path.of(URI.create(resource.toString())))
                .findFirst()
                .orElse(null);
    }

    private ConfigurationSources.@Nullable Overrides given() {
        return sources.overrides().stream().filter(overrides -> overrides.values().containsKey(PROPERTY)).findFirst().orElse(null);
    }

    private Config named(String path, String key, String origin) {
        ConfigParseOptions options =
                ConfigParseOptions.defaults().setClassLoader(sources.classPath()).setAllowMissing(false);
        return guarded(key, origin, () -> resolve(ConfigFactory.parseFile(new File(path), options)));
    }

    private Config guarded(String key, String origin, Supplier<Config> reading) {
        try {
            return reading.get();
        } catch (ConfigException.IO unreadable) {
            problems.report(key, "cannot be read: " + unreadable.getMessage(), origin);
        } catch (ConfigException.UnresolvedSubstitution unresolved) {
            problems.report(key, "cannot be used, it refers to something undefined", place(unresolved, origin));
        } catch (ConfigException invalid) {
            // Its message quotes the text around the error, which may be an API key.
            problems.report(key, "cannot be used, it is not valid HOCON", place(invalid, origin));
        }
        return ConfigFactory.empty();
    }

    private static String place(ConfigException failure, String origin) {
        return failure.origin() == null ? origin : ConfiguredValue.describe(failure.origin());
    }

    /** Substitutions in the file may refer to the defaults. */
    private Config resolve(Config file) {
        ConfigResolveOptions options = ConfigResolveOptions.noSystem().appendResolver(new ProcessResolver(sources));
        return file.resolveWith(file.withFallback(Reference.parsed()).resolve(options), options);
    }

    /**
     * Resolves {@code ${NAME}} in the file to a system property or an environment variable.
     *
     * @param sources where they come from
     */
    private record ProcessResolver(ConfigurationSources sources) implements ConfigResolver {

        @Override
        public @Nullable ConfigValue lookup(String path) {
            String property = sources.systemProperties().get(path);
            if (property != null) {
                return ConfigValueFactory.fromAnyRef(property, SystemProperty.origin(path));
            }
            String variable = new EnvironmentLayer(sources.environment()).value(path);
            return variable == null ? null : ConfigValueFactory.fromAnyRef(variable, EnvironmentLayer.origin(path));
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            // The environment is the last source.
            return this;
        }
    }
}
