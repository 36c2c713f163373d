package dev.paddock.bootstrap.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import java.io.File;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The configuration file of the application: the one that the system property {@code config.file} names, else the one
 * that the environment variable {@code PADDOCK_CONFIG} names, else {@code application.conf} on the class path, which
 * may be absent.
 */
final class ApplicationFile {

    static final String PROPERTY = "config.file";
    static final String VARIABLE = "PADDOCK_CONFIG";

    private final ConfigurationSources sources;
    private final EnvironmentLayer environment;
    private final Consumer<ConfigurationProblem> problems;

    ApplicationFile(ConfigurationSources sources, Consumer<ConfigurationProblem> problems) {
        this.sources = sources;
        this.environment = new EnvironmentLayer(sources.environment());
        this.problems = problems;
    }

    /**
     * Returns what the file says; nothing if it cannot be used, which is reported.
     *
     * @param reference what substitutions in the file may refer to besides the file itself
     */
    Config read(Config reference) {
        String property = sources.systemProperties().get(PROPERTY);
        if (property != null) {
            return named(property, PROPERTY, FlatConfig.systemProperty(PROPERTY), reference);
        }
        String variable = environment.value(VARIABLE);
        if (variable != null) {
            return named(variable, VARIABLE, EnvironmentLayer.origin(VARIABLE), reference);
        }
        ConfigParseOptions options = ConfigParseOptions.defaults().setClassLoader(sources.classPath());
        return guarded("application.conf", "class path", () ->
                resolve(ConfigFactory.parseResourcesAnySyntax("application", options), reference));
    }

    private Config named(String path, String key, String origin, Config reference) {
        ConfigParseOptions options =
                ConfigParseOptions.defaults().setClassLoader(sources.classPath()).setAllowMissing(false);
        return guarded(key, origin, () -> resolve(ConfigFactory.parseFile(new File(path), options), reference));
    }

    private Config guarded(String key, String origin, Supplier<Config> reading) {
        try {
            return reading.get();
        } catch (ConfigException.IO unreadable) {
            report(key, "cannot be read: " + unreadable.getMessage(), origin);
        } catch (ConfigException.UnresolvedSubstitution unresolved) {
            report(key, "cannot be used, it refers to something undefined", place(unresolved, origin));
        } catch (ConfigException invalid) {
            // Its message quotes the text where the error is, which may be a key.
            report(key, "cannot be used, it is not valid HOCON", place(invalid, origin));
        }
        return ConfigFactory.empty();
    }

    private static String place(ConfigException failure, String origin) {
        return failure.origin() == null ? origin : ConfiguredValue.describe(failure.origin());
    }

    private Config resolve(Config file, Config reference) {
        ConfigResolveOptions options = ConfigResolveOptions.noSystem().appendResolver(new ProcessResolver(sources));
        return file.resolveWith(file.withFallback(reference).resolve(options), options);
    }

    private void report(String key, String message, String origin) {
        problems.accept(new ConfigurationProblem(key, message, origin));
    }
}
