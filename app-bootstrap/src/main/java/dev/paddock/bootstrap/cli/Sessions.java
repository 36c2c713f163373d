package dev.paddock.bootstrap.cli;

import java.util.Map;

/** Opens sessions. */
@FunctionalInterface
interface Sessions {

    /**
     * Opens a session; no connection is made yet.
     *
     * @param overrides settings that take precedence over all configuration, by key
     * @throws dev.paddock.bootstrap.config.ConfigurationException if the configuration makes no sense
     */
    Session open(Map<String, String> overrides);
}
