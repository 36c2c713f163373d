package dev.paddock.bootstrap.config;

import java.util.Map;
import java.util.Set;

/**
 * Where values may come from.
 *
 * @param systemProperties the system properties by name
 * @param environment the variables of the environment by name
 * @param classPath where {@code application.conf} is looked for
 * @param transports the transports that there are; empty if that is not known yet
 */
record Sources(
        Map<String, String> systemProperties,
        Map<String, String> environment,
        ClassLoader classPath,
        Set<String> transports) {

    Sources {
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
        transports = Set.copyOf(transports);
    }
}
