package dev.paddock.bootstrap;

import static java.util.Objects.requireNonNull;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.bootstrap.config.PaddockSettings;
import java.util.List;

/**
 * Paddock for applications that have an injector of their own.
 *
 * <p>It binds, all as singletons: {@link Paddock}, which the application closes at its end, and the ports {@link
 * dev.paddock.ports.llm.LlmPort}, {@link dev.paddock.ports.llm.ModelCatalogPort}, {@link
 * dev.paddock.ports.exchange.ExchangePort}, {@link dev.paddock.ports.pool.PoolPort}, {@link
 * dev.paddock.ports.resilience.CircuitBreakerPort} and {@link dev.paddock.ports.metrics.MetricsPort}. What is behind them
 * cannot be injected. An application adds transports and dialects of its own to the sets of {@link
 * HttpTransportFactory} and {@link Dialect} with a {@link Multibinder}, and chooses among them by name in the
 * settings.
 *
 * <p>An injector takes the module once: the settings describe one server.
 */
public final class PaddockModule extends AbstractModule {

    private static final List<Dialect> DIALECTS = List.of(new OllamaDialect(), new OpenAiDialect());

    private final PaddockSettings settings;
    private final Lifecycle lifecycle;
    private final Module foundation;

    /** Creates the module for the given settings. */
    public PaddockModule(PaddockSettings settings) {
        this(settings, new Lifecycle(), new SharedResourcesModule());
    }

    PaddockModule(PaddockSettings settings, Lifecycle lifecycle, Module foundation) {
        this.settings = requireNonNull(settings, "settings");
        this.lifecycle = lifecycle;
        this.foundation = foundation;
    }

    @Override
    protected void configure() {
        Multibinder<HttpTransportFactory> transports = Multibinder.newSetBinder(binder(), HttpTransportFactory.class);
        Transports.present().forEach(transport -> transports.addBinding().toInstance(transport));
        Multibinder<Dialect> dialects = Multibinder.newSetBinder(binder(), Dialect.class);
        DIALECTS.forEach(dialect -> dialects.addBinding().toInstance(dialect));
        install(new ClientModule(settings, lifecycle, foundation));
    }
}
