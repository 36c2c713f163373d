package dev.paddock.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import com.google.inject.multibindings.Multibinder;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaddockModuleTest {

    private static final PaddockSettings DEFAULTS = PaddockSettings.defaults();

    @ParameterizedTest
    @EnumSource(names = {"PRODUCTION", "DEVELOPMENT"})
    void install_ownInjector_bindsThePortsOfOnePaddock(Stage stage) {
        Injector injector = Guice.createInjector(stage, new ExplicitBindingModule(), new PaddockModule(DEFAULTS));

        try (Paddock paddock = injector.getInstance(Paddock.class)) {
            assertThat(injector.getInstance(LlmPort.class)).isSameAs(paddock.llm());
            assertThat(injector.getInstance(ModelCatalogPort.class)).isSameAs(paddock.models());
            assertThat(injector.getInstance(ExchangePort.class)).isSameAs(paddock.exchange());
            assertThat(injector.getInstance(PoolPort.class)).isSameAs(paddock.pool());
            assertThat(injector.getInstance(CircuitBreakerPort.class)).isSameAs(paddock.circuitBreakers());
            assertThat(injector.getInstance(MetricsPort.class)).isSameAs(paddock.metrics());
            assertThat(injector.getInstance(Paddock.class)).isSameAs(paddock);
        }
    }

    @Test
    void install_ownInjector_hidesWhatIsBehindThePorts() {
        Injector injector = Guice.createInjector(new ExplicitBindingModule(), new PaddockModule(DEFAULTS));

        assertThatThrownBy(() -> injector.getInstance(TransportPoolManager.class))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> injector.getInstance(PaddockSettings.class))
                .isInstanceOf(ConfigurationException.class);
        injector.getInstance(Paddock.class).close();
    }

    @Test
    void install_ownTransportInTheSet_canBeChosen() {
        NamedTransportFactory own = new NamedTransportFactory("own");
        PaddockSettings naming = DEFAULTS.withConnections(DEFAULTS.connections().withTransport("own"));

        Injector injector = Guice.createInjector(Stage.PRODUCTION, new PaddockModule(naming), new AbstractModule() {
            @Override
            protected void configure() {
                Multibinder.newSetBinder(binder(), HttpTransportFactory.class).addBinding().toInstance(own);
            }
        });

        try (Paddock paddock = injector.getInstance(Paddock.class)) {
            assertThat(paddock.pool().pools().getFirst().transport()).isEqualTo("own");
        }
    }

    @Test
    void install_settingsThatNameNothing_failAtTheStart() {
        PaddockSettings naming = DEFAULTS.withConnections(DEFAULTS.connections().withTransport("jetty"));

        assertThatThrownBy(() -> Guice.createInjector(Stage.PRODUCTION, new PaddockModule(naming)))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("paddock.transport is 'jetty'");
    }
}
