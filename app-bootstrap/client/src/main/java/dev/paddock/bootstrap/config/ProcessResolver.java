package dev.paddock.bootstrap.config;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import org.jspecify.annotations.Nullable;

/**
 * Resolves {@code ${NAME}} in a configuration file to a system property or a variable of the environment.
 *
 * @param sources where they come from
 */
record ProcessResolver(ConfigurationSources sources) implements ConfigResolver {

    @Override
    public @Nullable ConfigValue lookup(String path) {
        String property = sources.systemProperties().get(path);
        if (property != null) {
            return ConfigValueFactory.fromAnyRef(property, FlatConfig.systemProperty(path));
        }
        String variable = new EnvironmentLayer(sources.environment()).value(path);
        return variable == null ? null : ConfigValueFactory.fromAnyRef(variable, EnvironmentLayer.origin(path));
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
        // Nothing is ever asked after the environment.
        return this;
    }
}
