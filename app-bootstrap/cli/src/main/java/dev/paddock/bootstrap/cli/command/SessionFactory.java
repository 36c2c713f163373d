package dev.paddock.bootstrap.cli.command;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.cli.terminal.StopSignal;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens sessions. */
@FunctionalInterface
public interface SessionFactory {

    /**
     * Opens a session. No connection is opened yet.
     *
     * @param overrides settings that override all configuration, by key
     * @throws dev.paddock.bootstrap.config.ConfigurationException if the configuration is invalid
     */
    Session open(Map<String, String> overrides);

    /**
     * Returns a supplier of sessions without policies, see {@link Session#withoutPolicies}. The configuration is read only once,
     * by this method.
     *
     * @throws dev.paddock.bootstrap.config.ConfigurationException if the configuration is invalid
     */
    default Supplier<Session> withoutPolicies(Map<String, String> overrides) {
        return () -> open(overrides);
    }

    /** Runs a task in a session that is closed after it. The end of the process cancels the calls of the session. */
    default <T> T run(Map<String, String> overrides, @Nullable Duration timeout, Function<Session, T> task) {
        // The signal is closed last, so that the end of the process waits for the end of the session.
        try (StopSignal signal = StopSignal.listen(Cancellation.create());
                Session session = open(overrides).withCalls(signal.cancellation(), timeout)) {
            return task.apply(session);
        }
    }

    /** Returns a factory with the configuration of this process. */
    static SessionFactory ofProcess() {
        return new ConfiguredSessions(ConfigurationLoader::ofProcess);
    }

    /** Returns a factory with the default settings, which ignores the environment. */
    static SessionFactory ofDefaults() {
        return new ConfiguredSessions(ConfigurationLoader::ofDefaults);
    }

    /**
     * Sessions with a configuration.
     *
     * @param configuration supplies the configuration, which the overrides of the command line precede
     */
    record ConfiguredSessions(Supplier<ConfigurationLoader> configuration) implements SessionFactory {

        @Override
        public Session open(Map<String, String> overrides) {
            return Session.of(Paddock.start(loader(overrides)));
        }

        @Override
        public Supplier<Session> withoutPolicies(Map<String, String> overrides) {
            PaddockSettings settings =
                    loader(overrides).withTransports(Transports.names()).load();
            return () -> Session.withoutPolicies(settings);
        }

        private ConfigurationLoader loader(Map<String, String> overrides) {
            return configuration.get().withOverrides("command line", overrides);
        }
    }
}
