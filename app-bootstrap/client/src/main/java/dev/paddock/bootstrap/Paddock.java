package dev.paddock.bootstrap;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.exchange.TransportPoolPort;
import dev.paddock.adapters.http.llm.HttpLlmAdapter;
import dev.paddock.adapters.http.llm.HttpModelCatalogAdapter;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.admission.AdmissionPort;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.llm.decorator.TokenCountingLlmPort;
import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import dev.paddock.ports.reuse.AnswerCachePort;
import dev.paddock.ports.reuse.SemanticCachePort;
import dev.paddock.ports.routing.BackendsPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client of one model server or of several: the ports for calls, and the ports that observe them.
 *
 * <pre>{@code
 * try (Paddock paddock = Paddock.start()) {
 *     System.out.println(paddock.llm().chat(ChatRequest.of("llama3.2", "Why is the sky blue?")).text());
 * }
 * }</pre>
 *
 * <p>An application needs one client for each server, not one for each call. {@link #start} and {@link #builder} open a connection
 * pool; clients made by {@link #another} share it. Nothing is sent before the first call. Thread-safe.
 */
public final class Paddock implements AutoCloseable {

    private static final Ticker TICKER = System::nanoTime;

    private final PaddockSettings settings;
    private final OwnParts own;
    private final SharedResources shared;
    private final MetricsExposure metrics;
    private final ExchangePort exchange;
    private final LlmPort llm;
    private final ModelCatalogPort models;
    private final PoolPort pool;
    private final CallParts calls;
    private final DocumentParts documents;
    private final Lifecycle lifecycle = new Lifecycle();

    /**
     * Creates the client.
     *
     * @param opensWithFirstCall whether what calls need is made by the first of them, where nothing has to work before
     */
    Paddock(PaddockSettings settings, OwnParts own, MetricsExposure metrics, SharedResources shared, boolean opensWithFirstCall) {
        this.settings = settings;
        this.own = own;
        this.shared = shared;
        this.metrics = metrics;
        this.pool = new TransportPoolPort(shared.pool());
        this.calls = new CallParts(settings, own, metrics.port(), shared, lifecycle);
        try {
            Dialect dialect = own.dialectFor(settings);
            boolean isDeferred = opensWithFirstCall && CallParts.canBeDeferred(settings);
            this.exchange = isDeferred ? calls : calls.chain();
            this.llm = new TokenCountingLlmPort(
                    new HttpLlmAdapter(exchange, dialect), metrics.port(), settings.reuse().isAny());
            this.models = new HttpModelCatalogAdapter(exchange, dialect);
            this.documents = new DocumentParts(
                    settings.documents(),
                    own.embeddings(),
                    model -> new ServerEmbeddings(llm, models, calls.digests(), model, calls.reuse().modelsChanged(), TICKER));
            lifecycle.onClose(documents::close);
            lifecycle.onClose(metrics::close);
            metrics.start(settings.metrics(), pool);
        } catch (RuntimeException failure) {
            lifecycle.close();
            throw failure;
        }
    }

    /**
     * Starts with the settings of this process: system properties, environment, configuration file, defaults.
     *
     * @throws ConfigurationException if any of them is wrong
     */
    public static Paddock start() {
        return builder().build();
    }

    /**
     * Starts with the settings that a loader reads.
     *
     * @throws ConfigurationException if any of them is wrong
     */
    public static Paddock start(ConfigurationLoader loader) {
        return builder().configuration(loader).build();
    }

    /**
     * Starts with the given settings.
     *
     * @param settings all of them
     * @param ownTransports transports that the settings can name besides those of Paddock, usually none
     * @throws ConfigurationException if the settings name no transport that there is
     */
    public static Paddock start(PaddockSettings settings, HttpTransportFactory... ownTransports) {
        return builder().settings(settings).build(List.of(ownTransports), List.of());
    }

    /** Returns a builder that takes settings and parts of the application's own. */
    public static PaddockBuilder builder() {
        return new PaddockBuilder();
    }

    /**
     * Starts a further client over the same connection pool, for the same server or for another one. Clients with the same server,
     * limits and timing use the same connections, which close with the last of these clients. Circuits and what else is known of a
     * server are shared too, and forgotten with its last client; so are the retry budget and what the builder was given. The
     * transport is that of this client. Without a metrics port of the application's
     * own, the new client counts its calls for itself; waits for connections are counted by the first client.
     */
    public Paddock another(PaddockSettings otherSettings) {
        return new Paddock(requireNonNull(otherSettings, "otherSettings"), own, MetricsExposure.of(own.metrics(), own.moreMetrics()), shared, false);
    }

    /**
     * Opens now what calls need, such as the connection pool, if {@link PaddockBuilder#openWithFirstCall} has left it to the first call. It
     * sends nothing.
     */
    public void open() {
        calls.chain();
    }

    /** Returns the port that calls models. */
    public LlmPort llm() {
        return llm;
    }

    /** Returns the port that lists, shows, loads and changes models. */
    public ModelCatalogPort models() {
        return models;
    }

    /** Returns the port that every request passes on its way to the server, for requests that the typed ports do not know. */
    public ExchangePort exchange() {
        return exchange;
    }

    /** Returns the port that searches documents, opened by the first call; null when the settings have no documents. */
    public @Nullable DocumentSearchPort documents() {
        return documents.port();
    }

    /** Returns the port that observes the connection pool. */
    public PoolPort pool() {
        return pool;
    }

    /** Returns the port that observes the circuit breakers. */
    public CircuitBreakerPort circuitBreakers() {
        return shared.backends();
    }

    /** Returns the port that observes and changes the cache of answers, or null when the settings switch it off. */
    public @Nullable AnswerCachePort answerCache() {
        return calls.reuse().answerCache();
    }

    /** Returns the port that observes and changes the semantic cache, or null when the settings switch it off. */
    public @Nullable SemanticCachePort semanticCache() {
        return calls.reuse().semanticCache();
    }

    /** Returns what is shared with other processes, or null when the settings share nothing. */
    public @Nullable SharedStatePort sharedState() {
        return calls.sharedState();
    }

    /** Returns the port that observes the admission queue, or null when the settings switch it off. */
    public @Nullable AdmissionPort admission() {
        return calls.admission();
    }

    /** Returns the port that observes the servers and keeps calls from one of them, or null with one server. */
    public @Nullable BackendsPort backends() {
        BackendRoutes routes = calls.routes();
        return routes == null ? null : routes.port();
    }

    /**
     * Replaces the servers among which calls choose. Those whose settings are the same go on; calls in progress at a removed one end as
     * usual, and its connections close then.
     *
     * @param backends at least one, with different ids
     * @throws IllegalStateException if this client was built for one server
     */
    public void replaceBackends(List<BackendSettings> backends) {
        BackendRoutes routes = calls.routes();
        if (routes == null) {
            throw new IllegalStateException("this client was built for one server, which cannot be replaced");
        }
        routes.replace(settings.backends().withList(backends).list());
    }

    /** Returns the port that receives the measurements; the application may use it for its own. */
    public MetricsPort metrics() {
        return metrics.port();
    }

    /**
     * Creates the counters of calls and retries with zero, for every operation and outcome. A counter that appears with its first failures
     * hides them from rates. A gateway does so at its start.
     */
    public void createCounters() {
        Set<String> errors = new TreeSet<>();
        Stream.of(ErrorKind.values()).map(ErrorKind::label).forEach(errors::add);
        Stream.of(AnswerVerdict.values()).filter(verdict -> verdict != AnswerVerdict.OK).map(AnswerVerdict::label).forEach(errors::add);
        for (Operation operation : Operation.values()) {
            metrics().count(CallMetrics.REQUESTS.with(operation.label(), AnswerVerdict.OK.label()), 0);
            for (String error : errors) {
                metrics().count(CallMetrics.REQUESTS.with(operation.label(), error), 0);
                metrics().count(CallMetrics.ERRORS.with(operation.label(), error), 0);
            }
        }
        shared.backends().createRetrySeries();
    }

    /**
     * Logs from now on, under the name {@code paddock.backend}, why a model server fails: once for each change of its state. A gateway does
     * so; an application learns of failures by exceptions.
     */
    public void logBackendStates() {
        shared.backends().logStates();
    }

    /**
     * Returns the port that observes percentiles of durations, for example of the wait for a connection ({@link
     * dev.paddock.domain.metrics.PoolMetrics#ACQUIRE}). With a metrics port of the application's own that does not offer them, there
     * are none.
     */
    public DurationSummaryPort durations() {
        return metrics.durations();
    }

    /**
     * Writes the current measurements and pool figures in the text format of Prometheus, in UTF-8. The stream stays open. With a
     * metrics port of the application's own, only the pool figures are written.
     *
     * @throws IOException if the stream fails
     */
    public void writeMetrics(OutputStream stream) throws IOException {
        metrics.writeTo(stream, pool);
    }

    /**
     * Returns the current numbers of some metrics, by the names and labels that they have on the page of {@link #writeMetrics}; of durations
     * their count and their sum. Other metrics are not read.
     */
    public Map<String, Double> metricValues(Predicate<Metric> wanted) {
        return metrics.values(pool, wanted);
    }

    /** Returns the settings of this client. */
    public PaddockSettings settings() {
        return settings;
    }

    /**
     * Ends the calls of this client and refuses later ones. Connections that no other client shares are closed. Closing again does
     * nothing.
     */
    @Override
    public void close() {
        calls.close();
        lifecycle.close();
    }
}
