package dev.paddock.adapters.http.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.operations.DashboardFeed.Snapshot;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import dev.paddock.ports.reuse.AnswerCachePort;
import dev.paddock.ports.reuse.SemanticCachePort;
import dev.paddock.ports.routing.BackendsPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live dashboard of a gateway: the page {@value #PAGE}, {@value #SNAPSHOT} as JSON for scripts, and {@value #EVENTS}, a stream of such
 * snapshots, one a second. {@value #HISTORY} has the connections of the last minutes. The files of the page contain no figures and need no
 * key, because a browser cannot send one for a page; the figures need it, and the page asks for it. Thread-safe.
 */
public final class Dashboard implements AutoCloseable {

    /** The path of the page. */
    public static final String PAGE = "/paddock/";

    /** The path of the current snapshot. */
    public static final String SNAPSHOT = "/paddock/snapshot";

    /** The path of the snapshots as server-sent events. */
    public static final String EVENTS = "/paddock/events";

    /** The path of what was before a page was opened. */
    public static final String HISTORY = "/paddock/history";

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final List<String> COUNTERS = List.of("paddock.single.flight.", "paddock.batch.", "paddock.admission.");
    private static final Headers SECURITY = Headers.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
                            + "form-action 'none'; frame-ancestors 'none'")
            .with("X-Content-Type-Options", "nosniff")
            .with("Referrer-Policy", "no-referrer");

    private final ConnectionPoolReport pool;
    private final ConnectionHistory history;
    private final BackendsPort backends;
    private final @Nullable AnswerCachePort cache;
    private final @Nullable SemanticCachePort semantic;
    private final Supplier<Map<String, Double>> counters;
    private final InstantSource clock;
    private final RecentRequests requests;
    private final DashboardFeed feed;

    private Dashboard(
            ConnectionPoolReport pool,
            ConnectionHistory history,
            BackendsPort backends,
            @Nullable AnswerCachePort cache,
            @Nullable SemanticCachePort semantic,
            Supplier<Map<String, Double>> counters,
            AccessLog log,
            InstantSource clock) {
        this.pool = requireNonNull(pool, "pool");
        this.history = requireNonNull(history, "history");
        this.backends = requireNonNull(backends, "backends");
        this.cache = cache;
        this.semantic = semantic;
        this.counters = requireNonNull(counters, "counters");
        this.clock = requireNonNull(clock, "clock");
        this.requests = new RecentRequests(log, clock);
        this.feed = new DashboardFeed(this::snapshot, INTERVAL);
    }

    /**
     * Creates a dashboard, which notes the connections from now on until it is closed.
     *
     * @param pools the connection pool
     * @param circuitBreakers the circuit breakers
     * @param durations how long calls waited for a connection
     * @param backends the model servers
     * @param cache the cache of answers, or null for none
     * @param semantic the semantic cache, or null for none
     * @param counters the values of the metrics that {@link #shows} wants, by their names and labels on the metrics page
     * @param log gets all requests; see {@link #log()}
     */
    public static Dashboard of(
            PoolPort pools,
            CircuitBreakerPort circuitBreakers,
            DurationSummaryPort durations,
            BackendsPort backends,
            @Nullable AnswerCachePort cache,
            @Nullable SemanticCachePort semantic,
            Supplier<Map<String, Double>> counters,
            AccessLog log) {
        ConnectionPoolReport report = new ConnectionPoolReport(
                pools, circuitBreakers, durations, () -> backends.backends().stream().map(BackendStatus::backend).toList());
        return new Dashboard(report, new ConnectionHistory(pools).start(), backends, cache, semantic, counters, log, InstantSource.system());
    }

    /** Returns whether a snapshot has the values of a metric; it is costly to read all of them once a second. */
    public static boolean shows(Metric metric) {
        for (String beginning : COUNTERS) { // a stream for each of hundreds of series is most of the cost of a snapshot
            if (metric.name().startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the style sheet of the page, for other pages with its look. */
    public static String style() {
        return new String(resource("dashboard.css"), UTF_8);
    }

    /** Returns the access log that shows the dashboard all requests on their way to the other log. */
    public AccessLog log() {
        return requests;
    }

    /** Returns the endpoints. */
    public List<GatewayEndpoint> endpoints() {
        return List.of(
                file(PAGE, "index.html", "text/html; charset=utf-8"),
                file("/paddock/dashboard.css", "dashboard.css", "text/css; charset=utf-8"),
                file("/paddock/dashboard.js", "dashboard.js", "text/javascript; charset=utf-8"),
                GatewayEndpoint.read("/paddock", AccessClass.PROBE, call -> redirect()),
                GatewayEndpoint.read("/", AccessClass.PROBE, call -> redirect()).forBrowsers(),
                GatewayEndpoint.read(HISTORY, AccessClass.OPERATOR, call -> GatewayEndpoint.json(200, history.report())).asMonitoring(),
                GatewayEndpoint.read(SNAPSHOT, AccessClass.OPERATOR, call -> current()).asMonitoring(),
                new GatewayEndpoint(List.of(EVENTS), List.of("GET"), AccessClass.OPERATOR, this::watch).asMonitoring());
    }

    /** Ends the streams of snapshots, so that a shutdown need not wait for them. */
    @Override
    public void close() {
        history.close();
        feed.close();
    }

    private static GatewayEndpoint file(String path, String name, String type) {
        byte[] content = resource(name);
        Headers headers = SECURITY.with("Content-Type", type).with("Cache-Control", "no-cache");
        return GatewayEndpoint.read(path, AccessClass.PROBE, call -> new ServerResponse(200, headers, content)).asMonitoring();
    }

    private static byte[] resource(String name) {
        try (InputStream stream = Dashboard.class.getResourceAsStream("dashboard/" + name)) {
            return requireNonNull(stream, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ServerResponse redirect() {
        byte[] text = "This is a Paddock gateway; its dashboard is at /paddock/.\n".getBytes(UTF_8);
        return new ServerResponse(302, SECURITY.with("Location", PAGE).with("Content-Type", "text/plain; charset=utf-8"), text);
    }

    private ServerResponse current() {
        Snapshot snapshot = feed.after(0);
        return snapshot == null
                ? GatewayEndpoint.json(503, Map.of("error", "the gateway is shutting down"))
                : GatewayEndpoint.response(200, "application/json", (snapshot.json() + "\n").getBytes(UTF_8));
    }

    private void watch(EndpointCall call, Responder responder) {
        Headers headers = Headers.of("Content-Type", "text/event-stream").with("Cache-Control", "no-store").with("X-Accel-Buffering", "no");
        responder.begin(new ServerResponseHead(200, headers, ServerResponseHead.UNKNOWN));
        Snapshot next = feed.after(0);
        while (next != null && !responder.isClientGone() && call.stillAdmitted().getAsBoolean()) {
            responder.write(("id: " + next.number() + "\ndata: " + next.json() + "\n\n").getBytes(UTF_8));
            next = feed.after(next.number());
        }
        responder.end();
    }

    private String snapshot() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(pool.at(clock.instant()));
        all.remove("info");
        all.put("backends", BackendEndpoints.list(backends));
        all.put("cache", cache == null ? null : CacheJson.statistics(cache, semantic));
        all.put("semantic_cache", semantic == null ? null : SemanticCacheEndpoints.json(semantic));
        all.put("requests", requests.report());
        all.put("counters", counters.get());
        return PlainJson.toText(all);
    }
}
