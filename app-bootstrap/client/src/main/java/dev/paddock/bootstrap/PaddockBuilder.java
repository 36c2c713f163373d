package dev.paddock.bootstrap;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.ConfigurationProblem;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds a client by plain constructors, with retries, circuit breakers, deadlines and measurements.
 *
 * <pre>{@code
 * Paddock paddock = Paddock.builder()
 *         .set("paddock.base-url", "http://gpu:11434")
 *         .metrics(ownMetrics)
 *         .build();
 * }</pre>
 *
 * <p>Without settings it uses those of the process, as {@link Paddock#start()} does. Wrong input is reported by {@link #build}, all
 * of it at once. Not thread-safe.
 */
public final class PaddockBuilder {

    private static final String ORIGIN = "builder";

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<HttpTransportFactory> transports = new ArrayList<>();
    private final Set<MetricsPort> metrics = new LinkedHashSet<>();
    private final Set<MetricsPort> moreMetrics = new LinkedHashSet<>();
    private final Set<Dialect> dialects = new LinkedHashSet<>();
    private final Set<EmbeddingSourcePort> embeddings = new LinkedHashSet<>();
    private final List<ExchangeDecorator> decorators = new ArrayList<>();
    private final List<BackendSettings> backends = new ArrayList<>();
    private @Nullable PaddockSettings settings;
    private @Nullable ConfigurationLoader configuration;
    private boolean opensWithFirstCall;

    PaddockBuilder() {}

    /** Sets all settings. */
    public PaddockBuilder settings(PaddockSettings newSettings) {
        settings = requireNonNull(newSettings, "settings");
        return this;
    }

    /** Sets the loader that {@link #build} reads the settings with; without it, those of the process are read. */
    public PaddockBuilder configuration(ConfigurationLoader loader) {
        configuration = requireNonNull(loader, "loader");
        return this;
    }

    /**
     * Sets one key, which wins over the configuration. It cannot be combined with {@link #settings}.
     *
     * @param key the key, for example {@code paddock.base-url}
     * @param value the value, in the notation of the configuration file
     */
    public PaddockBuilder set(String key, Object value) {
        values.put(requireNonNull(key, "key"), value.toString());
        return this;
    }

    /**
     * Adds a server; calls choose among all that were added. They replace those of the configuration, {@code paddock.base-url} included.
     */
    public PaddockBuilder backend(BackendSettings backend) {
        backends.add(requireNonNull(backend, "backend"));
        return this;
    }

    /** Sets the transport. The settings need not name it; if they name one, it must be this one. */
    public PaddockBuilder transport(HttpTransportFactory transport) {
        transports.add(requireNonNull(transport, "transport"));
        return this;
    }

    /** Sets the port that receives the measurements, instead of a registry of Paddock. */
    public PaddockBuilder metrics(MetricsPort port) {
        metrics.add(requireNonNull(port, "port"));
        return this;
    }

    /** Adds a port that receives the measurements, too. */
    public PaddockBuilder alsoMetrics(MetricsPort port) {
        moreMetrics.add(requireNonNull(port, "port"));
        return this;
    }

    /** Sets the dialect of the server, instead of the one that the settings name. */
    public PaddockBuilder dialect(Dialect dialect) {
        dialects.add(requireNonNull(dialect, "dialect"));
        return this;
    }

    /** Sets what makes the vectors of the semantic cache, instead of the embedding model of the server. */
    public PaddockBuilder embeddings(EmbeddingSourcePort source) {
        embeddings.add(requireNonNull(source, "source"));
        return this;
    }

    /**
     * Adds a policy at its stage of the chain. Of several policies at one stage those of Paddock are outside, then the first added.
     */
    public PaddockBuilder decorator(ExchangeDecorator decorator) {
        decorators.add(requireNonNull(decorator, "decorator"));
        return this;
    }

    /**
     * Leaves what calls need, such as the connection pool, to the first call or to {@link Paddock#open}, so that an application starts sooner:
     * {@link #build} then checks the settings and little more. Pool and circuits are empty until then, and decorators are not asked yet. It
     * has no effect where something has to work from the start: several servers, shared state, caches, JMX.
     */
    public PaddockBuilder openWithFirstCall() {
        opensWithFirstCall = true;
        return this;
    }

    /**
     * Builds and starts the client. Nothing is sent before its first call.
     *
     * @throws ConfigurationException with everything that is wrong with the settings and the given parts
     */
    public Paddock build() {
        return build(List.of(), List.of());
    }

    /**
     * Builds and starts a client like {@link #build()}, for a container that collects the parts of the application.
     *
     * @param candidates transports that the settings can name besides those of Paddock
     * @param more decorators after those that were added
     * @throws ConfigurationException with everything that is wrong with the settings and the given parts
     */
    public Paddock build(Collection<HttpTransportFactory> candidates, Collection<ExchangeDecorator> more) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        MetricsPort ownMetrics = only(metrics, "metrics ports", port -> port.getClass().getSimpleName(), problems);
        Dialect ownDialect = only(dialects, "dialects", Dialect::name, problems);
        EmbeddingSourcePort ownEmbeddings =
                only(embeddings, "embedding sources", source -> source.getClass().getSimpleName(), problems);
        HttpTransportFactory ownTransport = only(HttpTransportFactory.distinct(transports), "transports", HttpTransportFactory::name, problems);
        PaddockSettings all = withBackends(settings(candidates, problems), problems);
        HttpTransportFactory transport = all == null ? null : transport(all, ownTransport, candidates, problems);
        if (all != null && transport != null) {
            checkNative(all, transport, problems);
        }
        if (all == null || transport == null || !problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        List<ExchangeDecorator> allDecorators = new ArrayList<>(decorators);
        allDecorators.addAll(more);
        MetricsExposure exposure = MetricsExposure.of(ownMetrics, moreMetrics);
        return new Paddock(
                all,
                new OwnParts(ownMetrics, List.copyOf(moreMetrics), ownDialect, ownEmbeddings, allDecorators),
                exposure,
                SharedResources.create(all, transport, exposure.port()),
                opensWithFirstCall);
    }

    private @Nullable PaddockSettings withBackends(@Nullable PaddockSettings all, List<ConfigurationProblem> problems) {
        if (all == null || backends.isEmpty()) {
            return all;
        }
        try {
            return all.withBackends(all.backends().withList(backends));
        } catch (InvalidRequestException invalid) {
            problems.add(new ConfigurationProblem("paddock.backends", "are not usable: " + invalid.getMessage(), ORIGIN));
            return all;
        }
    }

    private @Nullable PaddockSettings settings(
            Collection<HttpTransportFactory> candidates, List<ConfigurationProblem> problems) {
        if (settings != null) {
            List<String> unused = new ArrayList<>(values.keySet());
            if (configuration != null) {
                unused.add("configuration");
            }
            unused.forEach(key -> problems.add(
                    new ConfigurationProblem(key, "is set beside complete settings, which do not use it", ORIGIN)));
            return settings;
        }
        ConfigurationLoader loader = configuration == null ? ConfigurationLoader.ofProcess() : configuration;
        Set<String> names = new LinkedHashSet<>(Transports.names());
        transports.forEach(transport -> names.add(transport.name()));
        candidates.forEach(transport -> names.add(transport.name()));
        try {
            return loader.withTransports(names).withOverrides(ORIGIN, values).load();
        } catch (ConfigurationException wrong) {
            problems.addAll(wrong.problems());
            return null;
        }
    }

    private @Nullable HttpTransportFactory transport(
            PaddockSettings all,
            @Nullable HttpTransportFactory own,
            Collection<HttpTransportFactory> candidates,
            List<ConfigurationProblem> problems) {
        String named = all.connections().transport();
        if (own != null) {
            if (named != null && !named.equals(own.name())) {
                problems.add(new ConfigurationProblem(
                        "paddock.transport", "is '" + named + "', but the given transport is '" + own.name() + "'", ORIGIN));
            }
            return own;
        }
        try {
            return transports.isEmpty() ? Transports.choose(named, candidates) : null;
        } catch (ConfigurationException wrong) {
            problems.addAll(wrong.problems());
            return null;
        }
    }

    private static void checkNative(PaddockSettings all, HttpTransportFactory transport, List<ConfigurationProblem> problems) {
        String problem = all.connections().isNative() ? transport.nativeTransportProblem() : null;
        if (problem != null) {
            problems.add(new ConfigurationProblem(PaddockSettings.NATIVE_TRANSPORT, problem, "class path"));
        }
    }

    /** Returns the only one of the given parts, or null if there is none; several are a problem. */
    private static <T> @Nullable T only(
            Collection<T> given, String kind, Function<T, String> name, List<ConfigurationProblem> problems) {
        if (given.size() > 1) {
            String names = given.stream().map(name).collect(Collectors.joining(", "));
            problems.add(new ConfigurationProblem(kind, "are given more than once: " + names + "; give one", ORIGIN));
            return null;
        }
        return given.isEmpty() ? null : given.iterator().next();
    }
}
