package dev.paddock.bootstrap.cli;

import java.util.Map;
import java.util.function.Supplier;

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

    /**
     * Returns what opens any number of sessions that cost no more than their connections: the configuration is read
     * once, here, and nothing stands between a call and its connection.
     *
     * @throws dev.paddock.bootstrap.config.ConfigurationException if the configuration makes no sense
     */
    default Supplier<Session> plain(Map<String, String> overrides) {
        return () -> open(overrides);
    }
}
