package dev.paddock.adapters.http.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoints;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.gateway.relay.RecordingResponder;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.metrics.DurationSummary;
import dev.paddock.domain.metrics.PoolMetrics;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.EndpointPool.Totals;
import dev.paddock.domain.pool.EndpointPool.Usage;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorEndpointsTest {

    private static final String ONE = "http://one:11434";
    private static final String TWO = "https://two:443";
    private static final PoolLimits LIMITS = new PoolLimits(10, 20, WhenFull.WAIT, Duration.ofSeconds(30));

    private final List<EndpointPool> pools = new ArrayList<>();
    private final List<Circuit> circuits = new ArrayList<>();
    private boolean draining;
    private boolean answered = true;
    private final DurationSummary waited = new DurationSummary(
            40, Duration.ofNanos(12_345), Duration.ofMillis(2), Duration.ofMillis(30), Duration.ofSeconds(1));
    private final GatewayEndpoints operations = new GatewayEndpoints(OperatorEndpoints.of(
            new ConnectionPoolReport(
                    () -> pools,
                    () -> circuits,
                    series -> series.equals(PoolMetrics.ACQUIRE.with(ONE)) ? waited : null,
                    List::of),
            circuitBreakers(),
            true,
            stream -> stream.write("# TYPE größer gauge\n".getBytes(UTF_8)),
            () -> Instant.parse("2026-02-03T04:05:06.789123Z")));

    @Test
    void pool_everythingKnown_isTheObjectThatUsersKnowAndMore() {
        pools.add(known(ONE));
        circuits.add(new Circuit(Circuit.Scope.server(ONE + "/prefix"), CircuitState.CLOSED, Duration.ZERO, 3));

        assertThat(text(get("/api/connection-pool/metrics")))
                .startsWith("{\"timestamp\":\"2026-02-03T04:05:06.789Z\",\"connection_pool\":{\"total_requests\":100,"
                        + "\"pool_config\":{\"pool_connections\":10,\"pool_maxsize\":20,\"pool_block\":true},"
                        + "\"adapter_info\":{\"http_adapter\":\"apache5\",\"https_adapter\":\"apache5\"},\"backends\":[")
                .contains("\"info\":{\"description\":\"", "\"benefits\":[\"")
                .contains("{\"endpoint\":\"http://one:11434\",\"transport\":\"apache5\",\"limits\":{\"hosts\":10,"
                        + "\"connections_per_host\":20,\"when_full\":\"wait\",\"lease_timeout_ms\":30000.0},"
                        + "\"leased\":3,\"idle\":2,\"pending\":1,\"created\":5,\"leases\":100,\"reused\":95,"
                        + "\"reuse_ratio\":0.95,\"exhausted\":7,")
                .contains("\"acquire\":{\"count\":40,\"p50_ms\":0.012,\"p95_ms\":2.0,\"p99_ms\":30.0,\"max_ms\":1000.0}")
                .contains("\"circuits\":[{\"backend\":\"http://one:11434/prefix\",\"model\":null,\"state\":\"closed\","
                        + "\"refuses_for_ms\":0.0,\"calls_at_once\":3}]");
    }

    @Test
    void circuits_ofServersAndTroubledModels_areNamedAndCounted() {
        circuits.add(new Circuit(Circuit.Scope.server(ONE), CircuitState.CLOSED, Duration.ZERO, 3));
        circuits.add(new Circuit(new Circuit.Scope(ONE, "fine"), CircuitState.CLOSED, Duration.ZERO, 0));
        circuits.add(new Circuit(new Circuit.Scope(ONE, "bad"), CircuitState.HALF_OPEN, Duration.ZERO, 1));
        circuits.add(new Circuit(Circuit.Scope.server(TWO), CircuitState.OPEN, Duration.ofSeconds(2), 0));

        assertThat(text(get("/api/circuit-breaker/metrics")))
                .isEqualTo("{\"timestamp\":\"2026-02-03T04:05:06.789Z\",\"circuit_breakers\":{"
                        + "\"http://one:11434\":{\"backend\":\"http://one:11434\",\"model\":null,\"state\":\"closed\",\"refuses_for_ms\":0.0,"
                        + "\"calls_at_once\":3},"
                        + "\"http://one:11434 bad\":{\"backend\":\"http://one:11434\",\"model\":\"bad\",\"state\":\"half_open\","
                        + "\"refuses_for_ms\":0.0,\"calls_at_once\":1},"
                        + "\"https://two:443\":{\"backend\":\"https://two:443\",\"model\":null,\"state\":\"open\",\"refuses_for_ms\":2000.0,"
                        + "\"calls_at_once\":0}},"
                        + "\"summary\":{\"total_circuits\":3,\"open_circuits\":1,\"half_open_circuits\":1}}\n");
    }

    @Test
    void pool_littleKnown_isNullAndNeverZero() {
        pools.add(new EndpointPool(
                TWO, "jdk", LIMITS, new Usage(0, null, 0), new Totals(null, 0, null, 0, Map.of())));

        Map<String, Object> backend = backends().getFirst();

        assertThat(backend)
                .containsEntry("idle", null)
                .containsEntry("created", null)
                .containsEntry("reused", null)
                .containsEntry("reuse_ratio", null)
                .containsEntry("leased", 0)
                .containsEntry("exhausted", 0);
        assertThat(object(backend.get("closed")))
                .containsOnlyKeys("idle", "expired", "stale", "discarded", "overflow", "shutdown")
                .allSatisfy((reason, count) -> assertThat(count).isNull());
        assertThat(object(backend.get("acquire")))
                .containsOnlyKeys("count", "p50_ms", "p95_ms", "p99_ms", "max_ms")
                .allSatisfy((name, number) -> assertThat(number).isNull());
    }

    @Test
    void pool_closedConnections_areCountedByReason() {
        pools.add(known(ONE));

        assertThat(object(backends().getFirst().get("closed")))
                .containsEntry("idle", 2)
                .containsEntry("stale", 0)
                .containsEntry("shutdown", null);
    }

    @Test
    void pool_severalServers_areToldApartAndWhatTheyDoNotShareIsNull() {
        pools.add(known(ONE));
        pools.add(new EndpointPool(
                TWO,
                "apache5",
                LIMITS.withConnectionsPerHost(5),
                new Usage(0, 0, 0),
                new Totals(1L, 11, 10L, 0, Map.of())));
        circuits.add(new Circuit(Circuit.Scope.server(ONE), CircuitState.OPEN, Duration.ofSeconds(4), 0));
        circuits.add(new Circuit(new Circuit.Scope(ONE, "rested"), CircuitState.HALF_OPEN, Duration.ZERO, 1));
        circuits.add(new Circuit(new Circuit.Scope(ONE, "well"), CircuitState.CLOSED, Duration.ZERO, 1));
        circuits.add(new Circuit(Circuit.Scope.server(TWO), CircuitState.CLOSED, Duration.ZERO, 0));
        circuits.add(new Circuit(Circuit.Scope.server("http://one:114341"), CircuitState.OPEN, Duration.ZERO, 0));

        Map<String, Object> pool = object(json(get("/api/connection-pool/metrics")).get("connection_pool"));

        assertThat(pool).containsEntry("total_requests", 111);
        assertThat(object(pool.get("pool_config")))
                .containsEntry("pool_connections", 10)
                .containsEntry("pool_maxsize", null);
        assertThat(backends()).extracting(backend -> backend.get("endpoint")).containsExactly(ONE, TWO);
        assertThat(states(backends().getFirst())).containsExactly("null open 4000.0", "rested half_open 0.0");
        assertThat(states(backends().getLast())).containsExactly("null closed 0.0");
    }

    @Test
    void pool_noServerYet_isEmpty() {
        assertThat(backends()).isEmpty();
        assertThat(text(get("/api/connection-pool/metrics")))
                .contains("\"total_requests\":0")
                .contains("\"pool_maxsize\":null")
                .contains("\"http_adapter\":null");
    }

    @Test
    void metrics_page_isWhatTheSourceWrites() {
        ServerResponse reply = get("/metrics?name=x");

        assertThat(reply.head().status()).isEqualTo(200);
        assertThat(text(reply)).isEqualTo("# TYPE größer gauge\n");
        assertThat(reply.head().headers().all("Content-Type"))
                .containsExactly("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void health_alsoWhileDrainingAndWithOpenCircuits_isWell() {
        draining = true;
        circuits.add(new Circuit(Circuit.Scope.server(ONE), CircuitState.OPEN, Duration.ofSeconds(4), 0));

        assertThat(get("/healthz").head().status()).isEqualTo(200);
        assertThat(json(get("/healthz"))).containsEntry("status", "ok");
    }

    @Test
    void readiness_nothingKnownOfServers_isReady() {
        assertThat(get("/readyz").head().status()).isEqualTo(200);
        assertThat(json(get("/readyz"))).containsExactly(Map.entry("ready", true));
    }

    @Test
    void readiness_draining_isNotReadyAndSaysWhy() {
        draining = true;

        assertThat(get("/readyz").head().status()).isEqualTo(503);
        assertThat(json(get("/readyz")))
                .containsEntry("ready", false)
                .containsEntry("reason", "draining")
                .containsKey("message");
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN, 5, OPEN, 5, 503",
        "OPEN, 5, CLOSED, 0, 200",
        "OPEN, 5, HALF_OPEN, 0, 200",
        // Its rest is over: the next call is the one that may close it.
        "OPEN, 5, OPEN, 0, 200",
    })
    void readiness_circuitsOfServers_isReadyUnlessEveryOneRefuses(
            CircuitState one, int oneRefusesFor, CircuitState two, int twoRefusesFor, int status) {
        circuits.add(new Circuit(Circuit.Scope.server(ONE), one, Duration.ofSeconds(oneRefusesFor), 0));
        circuits.add(new Circuit(new Circuit.Scope(ONE, "model"), CircuitState.CLOSED, Duration.ZERO, 0));
        circuits.add(new Circuit(Circuit.Scope.server(TWO), two, Duration.ofSeconds(twoRefusesFor), 0));

        assertThat(get("/readyz").head().status()).isEqualTo(status);
        assertThat(json(get("/readyz"))).containsEntry("ready", status == 200);
    }

    @Test
    void readiness_noServerHasAnsweredYet_isNotReady() {
        circuits.add(new Circuit(Circuit.Scope.server(ONE), CircuitState.CLOSED, Duration.ZERO, 0));
        answered = false;

        assertThat(get("/readyz").head().status()).isEqualTo(503);
        assertThat(json(get("/readyz"))).containsEntry("ready", false).containsEntry("reason", "no_answer").containsKey("message");
        answered = true;
        assertThat(get("/readyz").head().status()).isEqualTo(200);
    }

    @Test
    void monitoring_isWhatProbesAndScrapesAsk() {
        for (String method : List.of("GET", "HEAD")) {
            assertThat(operations.find(method, "/healthz").isMonitoring()).isTrue();
            assertThat(operations.find(method, "/readyz").isMonitoring()).isTrue();
            assertThat(operations.find(method, "/metrics").isMonitoring()).isTrue();
            assertThat(operations.find(method, "/api/connection-pool/metrics").isMonitoring()).isFalse();
        }
        assertThat(operations.find("POST", "/metrics").isMonitoring()).isFalse();
    }

    @Test
    void readiness_circuitsOfModelsOnly_isReady() {
        circuits.add(new Circuit(Circuit.Scope.server(ONE), CircuitState.CLOSED, Duration.ZERO, 0));
        circuits.add(new Circuit(new Circuit.Scope(ONE, "model"), CircuitState.OPEN, Duration.ofSeconds(5), 0));

        assertThat(get("/readyz").head().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/connection-pool/metrics", "/metrics", "/healthz", "/readyz"})
    void anyPath_otherMethod_isNotAllowed(String path) {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "get")) {
            ServerResponse reply = answer(method, path);

            assertThat(reply.head().status()).isEqualTo(405);
            assertThat(reply.head().headers().all("Allow")).containsExactly("GET, HEAD");
            assertThat(json(reply)).containsKey("error");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/connection-pool/metrics", "/metrics", "/healthz", "/readyz"})
    void anyPath_head_isAnsweredAsGetAndNotStored(String path) {
        ServerResponse reply = answer("HEAD", path);

        assertThat(reply.head()).isEqualTo(get(path).head());
        assertThat(reply.head().headers().first("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.head().headers().first("Content-Length")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/", "/api/tags", "/metrics/", "/Metrics", "//metrics", "/api/connection-pool/metrics/x", "/api/connection-pool",
        "/%6detrics", "/x?/metrics"
    })
    void otherPath_anyMethod_isLeftToOthers(String target) {
        assertThat(operations.find("GET", path(target))).isNull();
        assertThat(operations.find("POST", path(target))).isNull();
    }

    @Test
    void probes_areThoseThatSayNothingButHowItIs() {
        for (String method : List.of("GET", "HEAD", "POST")) {
            assertThat(operations.find(method, "/healthz").access()).isEqualTo(AccessClass.PROBE);
            assertThat(operations.find(method, "/readyz").access()).isEqualTo(AccessClass.PROBE);
            assertThat(operations.find(method, "/metrics").access()).isEqualTo(AccessClass.OPERATOR);
            assertThat(operations.find(method, "/api/connection-pool/metrics").access()).isEqualTo(AccessClass.OPERATOR);
        }
    }

    private CircuitBreakerPort circuitBreakers() {
        return new CircuitBreakerPort() {

            @Override
            public List<Circuit> circuits() {
                return circuits;
            }

            @Override
            public boolean hasAnswer() {
                return answered;
            }
        };
    }

    private ServerResponse get(String target) {
        return answer("GET", target);
    }

    private List<Map<String, Object>> backends() {
        Map<String, Object> pool = object(json(get("/api/connection-pool/metrics")).get("connection_pool"));
        return objects(pool.get("backends"));
    }

    private static List<String> states(Map<String, Object> backend) {
        return objects(backend.get("circuits")).stream()
                .map(circuit -> circuit.get("model") + " " + circuit.get("state") + " " + circuit.get("refuses_for_ms"))
                .toList();
    }

    private static EndpointPool known(String endpoint) {
        Totals totals = new Totals(5L, 100, 95L, 7, Map.of(CloseReason.IDLE, 2L, CloseReason.STALE, 0L));
        return new EndpointPool(endpoint, "apache5", LIMITS, new Usage(3, 2, 1), totals);
    }

    private ServerResponse answer(String method, String target) {
        RequestHead head = new RequestHead(method, target, Headers.of("Host", "localhost"), "127.0.0.1");
        ServerRequest request = new ServerRequest(head, RequestBody.NONE, Cancellation.create());
        RecordingResponder client = new RecordingResponder();
        operations.find(method, head.path()).handler().handle(new EndpointCall(request, "id-1", "127.0.0.1", CallContext.create(), draining, () -> true), client);
        return new ServerResponse(client.head().status(), client.head().headers(), client.bytes());
    }

    private static String path(String target) {
        return RequestHead.pathOf(target);
    }

    private static String text(ServerResponse reply) {
        return new String(reply.body(), UTF_8);
    }

    private static Map<String, Object> json(ServerResponse reply) {
        assertThat(reply.head().headers().first("Content-Type")).isEqualTo("application/json");
        return object(PlainJson.fromText(text(reply)));
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are strings
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked") // only used on arrays of objects
    private static List<Map<String, Object>> objects(Object json) {
        return (List<Map<String, Object>>) json;
    }
}
