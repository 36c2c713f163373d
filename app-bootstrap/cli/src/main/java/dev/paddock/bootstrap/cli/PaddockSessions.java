package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.pool.PoolPort;
import java.util.Map;
import java.util.function.Supplier;

/** Opens sessions with the configuration of this process, above which stand the options of the command line. */
final class PaddockSessions implements Sessions {

    private final Supplier<ConfigurationLoader> configuration;

    private PaddockSessions(Supplier<ConfigurationLoader> configuration) {
        this.configuration = configuration;
    }

    /** Returns sessions with the settings of this process. */
    static PaddockSessions ofProcess() {
        return new PaddockSessions(ConfigurationLoader::ofProcess);
    }

    /** Returns sessions with the default settings, whatever the environment says. */
    static PaddockSessions ofDefaults() {
        return new PaddockSessions(ConfigurationLoader::ofDefaults);
    }

    @Override
    public Session open(Map<String, String> overrides) {
        return new PaddockSession(Paddock.start(loader(overrides)));
    }

    @Override
    public Supplier<Session> plain(Map<String, String> overrides) {
        PaddockSettings settings =
                loader(overrides).withTransports(Transports.names()).load();
        return () -> PlainSession.of(settings);
    }

    private ConfigurationLoader loader(Map<String, String> overrides) {
        return configuration.get().withOverrides("command line", overrides);
    }

    private record PaddockSession(Paddock paddock) implements Session {

        @Override
        public LlmPort llm() {
            return paddock.llm();
        }

        @Override
        public ModelCatalogPort models() {
            return paddock.models();
        }

        @Override
        public PoolPort pool() {
            return paddock.pool();
        }

        @Override
        public ExchangePort exchange() {
            return paddock.exchange();
        }

        @Override
        public void close() {
            paddock.close();
        }
    }
}
