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
record Sources(
        Overrides overrides,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        ClassLoader classPath) {

    Sources {
        requireNonNull(overrides, "overrides");
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        requireNonNull(classPath, "classPath");
    }

    Sources withOverrides(Overrides newOverrides) {
        return new Sources(newOverrides, systemProperties, environment, classPath);
    }

    Sources withSystemProperties(Map<String, String> newSystemProperties) {
        return new Sources(overrides, newSystemProperties, environment, classPath);
    }

    Sources withEnvironment(Map<String, String> newEnvironment) {
        return new Sources(overrides, systemProperties, newEnvironment, classPath);
    }

    Sources withClassPath(ClassLoader newClassPath) {
        return new Sources(overrides, systemProperties, environment, newClassPath);
    }
}
