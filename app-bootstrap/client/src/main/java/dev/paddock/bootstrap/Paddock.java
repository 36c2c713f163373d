package dev.paddock.bootstrap;

import static java.util.Objects.requireNonNull;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.Stage;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.spi.Message;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.adapters.http.resilience.BackendRegistry;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A client of one model server, put together and started: the ports, and what can be seen behind them.
 *
 * <pre>{@code
 * try (Paddock paddock = Paddock.start()) {
 *     System.out.println(paddock.llm().chat(ChatRequest.of("llama3.2", "Why is the sky blue?")).text());
 * }
 * }</pre>
 *
 * <p>An application needs one for each server, not one for each call. Each {@link #start} opens a pool of connections;
 * further clients made by {@link #another} share it. Nothing is sent before the first call. Thread-safe.
 */
public final class Paddock implements AutoCloseable {

    private final PaddockSettings settings;
    private final CallPorts calls;
    private final ObservationPorts observation;
    private final SharedResources foundation;

    Paddock(PaddockSettings settings, CallPorts calls, ObservationPorts observation, SharedResources foundation) {
        this.settings = settings;
        this.calls = calls;
        this.observation = observation;
        this.foundation = foundation;
    }

    /**
     * Starts with the settings of this process: system properties, environment, configuration file, defaults.
     *
     * @throws ConfigurationException if any of it is wrong
     */
    public static Paddock start() {
        return start(ConfigurationLoader.ofProcess());
    }

    /**
     * Starts with the settings that a loader finds.
     *
     * @throws ConfigurationException if any of them is wrong
     */
    public static Paddock start(ConfigurationLoader loader) {
        return start(loader.withTransports(Transports.names()).load());
    }

    /**
     * Starts with the given settings.
     *
     * @param settings all of them
     * @param ownTransports transports that can be chosen by name besides those of Paddock, usually none
     * @throws ConfigurationException if the settings name no transport or dialect that there is
     */
    public static Paddock start(PaddockSettings settings, HttpTransportFactory... ownTransports) {
        return start(settings, new SharedResourcesModule(), List.of(ownTransports));
    }

    /**
     * Starts a further client over the same pool of connections, for the same server or for another one. Clients with
     * the same server, limits and timing use the same connections, which the last of them to be closed closes; circuits
     * and the budget of retries are shared too. The transport is that of this client; measurements of calls are the
     * new client's own, those of waiting for connections are the first client's.
     *
     * @throws ConfigurationException if the settings name no dialect that there is
     */
    public Paddock another(PaddockSettings otherSettings) {
        return start(otherSettings, new InheritedResourcesModule(foundation.connections(), foundation.backendRegistry()), List.of());
    }

    private static Paddock start(PaddockSettings settings, Module foundation, List<HttpTransportFactory> transports) {
        requireNonNull(settings, "settings");
        Lifecycle lifecycle = new Lifecycle();
        try {
            return Guice.createInjector(
                            Stage.PRODUCTION,
                            new ExplicitBindingModule(),
                            new PaddockModule(settings, lifecycle, foundation),
                            contributing(transports))
                    .getInstance(Paddock.class);
        } catch (CreationException failure) {
            lifecycle.close();
            throw causeOf(failure);
        }
    }

    /** Returns the port that asks models. */
    public LlmPort llm() {
        return calls.llm();
    }

    /** Returns the port that tells which models there are. */
    public ModelCatalogPort models() {
        return calls.models();
    }

    /**
     * Returns the port that everything passes on its way to the server, for requests that the typed ports do not
     * know.
     */
    public ExchangePort exchange() {
        return calls.exchange();
    }

    /** Returns the port that shows the pool of connections. */
    public PoolPort pool() {
        return observation.pool();
    }

    /** Returns the port that shows the circuits of servers and models. */
    public CircuitBreakerPort circuitBreakers() {
        return observation.circuitBreakers();
    }

    /** Returns the port that measurements go to; those of the application may go there too. */
    public MetricsPort metrics() {
        return observation.metrics();
    }

    /**
     * Returns the port that shows the percentiles of durations, for example those of the wait for a connection ({@link
     * dev.paddock.domain.metrics.PoolMetrics#ACQUIRE}).
     */
    public DurationSummaryPort durations() {
        return observation.exposure().durations();
    }

    /**
     * Writes the measurements of this instant and the figures of the pool as a page that Prometheus reads, in UTF-8.
     * The stream stays open.
     *
     * @throws IOException if the stream takes no more
     */
    public void writeMetrics(OutputStream stream) throws IOException {
        observation.exposure().writeTo(stream);
    }

    /** Returns the settings in force. */
    public PaddockSettings settings() {
        return settings;
    }

    /**
     * Ends the calls of this client, and refuses later ones; connections that no other client shares are closed. Closing
     * again does nothing.
     */
    @Override
    public void close() {
        foundation.lifecycle().close();
    }

    private static Module contributing(List<HttpTransportFactory> transports) {
        return binder -> {
            Multibinder<HttpTransportFactory> set = Multibinder.newSetBinder(binder, HttpTransportFactory.class);
            transports.forEach(transport -> set.addBinding().toInstance(transport));
        };
    }

    /** Users of the facade need not know that there is an injector: a wrong setting is a wrong setting. */
    private static RuntimeException causeOf(CreationException failure) {
        for (Message message : failure.getErrorMessages()) {
            if (message.getCause() instanceof ConfigurationException wrongSetting) {
                return wrongSetting;
            }
        }
        return failure;
    }

    /** What calls are made with. */
    record CallPorts(LlmPort llm, ModelCatalogPort models, ExchangePort exchange) {}

    /** What can be seen. */
    record ObservationPorts(PoolPort pool, CircuitBreakerPort circuitBreakers, MetricsPort metrics, MetricsExposure exposure) {}

    /** What a client stands on. */
    record SharedResources(TransportPoolManager connections, BackendRegistry backendRegistry, Lifecycle lifecycle) {}
}
