package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Where values may come from.
 *
 * @param overrides what the caller says, stronger than all else
 * @param systemProperties the system properties by name
 * @param environment the variables of the environment by name
 * @param classPath where {@code application.conf} is looked for
 */
record ConfigurationSources(
        Overrides overrides,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        ClassLoader classPath) {

    ConfigurationSources {
        requireNonNull(overrides, "overrides");
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        requireNonNull(classPath, "classPath");
    }

    ConfigurationSources withOverrides(Overrides newOverrides) {
        return new ConfigurationSources(newOverrides, systemProperties, environment, classPath);
    }

    ConfigurationSources withSystemProperties(Map<String, String> newSystemProperties) {
        return new ConfigurationSources(overrides, newSystemProperties, environment, classPath);
    }

    ConfigurationSources withEnvironment(Map<String, String> newEnvironment) {
        return new ConfigurationSources(overrides, systemProperties, newEnvironment, classPath);
    }

    ConfigurationSources withClassPath(ClassLoader newClassPath) {
        return new ConfigurationSources(overrides, systemProperties, environment, newClassPath);
    }
}
