package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.gateway.Gateway;
import dev.paddock.adapters.http.gateway.GatewayDependencies;
import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.operations.OperatorEndpoints;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.RawClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A model server that plays a script, and a gateway before it. */
final class GatewayFixture implements AutoCloseable {

    /** The key by which the gateway speaks to the server. */
    static final String SERVER_KEY = "the-key-of-the-server";

    /** The transport of the gateways: that of a gateway whose settings name none. The tests hold over another one, too. */
    static final String TRANSPORT = System.getProperty("gateway.transport", "netty");

    /** Whether the event loops of the gateways, and of their transport, are over epoll. */
    static final boolean NATIVE = Boolean.getBoolean("gateway.native-transport");

    private final ScriptedServer server;
    private final Paddock paddock;
    private final Gateway gateway;
    private final List<AccessRecord> log = new CopyOnWriteArrayList<>();

    private GatewayFixture(ScriptedServer server, Map<String, String> overrides, UnaryOperator<GatewaySettings> settings) {
        this.server = server;
        Map<String, String> all = new HashMap<>(Map.of(
                "paddock.retry.max-retries", "0",
                "paddock.transport", TRANSPORT,
                "paddock.native-transport", String.valueOf(NATIVE)));
        all.putAll(overrides);
        this.paddock = Paddock.start(ConfigurationLoader.ofDefaults()
                .withEnvironment(Map.of("OLLAMA_BASE_URL", server.baseUrl(), "OLLAMA_API_KEY", SERVER_KEY))
                .withOverrides("the test", all));
        this.gateway = Gateway.start(
                new GatewayDependencies(
                        paddock.exchange(),
                        paddock.metrics(),
                        OperatorEndpoints.of(
                                paddock.pool(), paddock.circuitBreakers(), paddock.durations(), paddock::writeMetrics)),
                settings.apply(new GatewaySettings(
                        HttpServerSettings.of("127.0.0.1", 0).withNativeTransport(NATIVE),
                        AccessSettings.DEFAULT,
                        GatewaySettings.DEFAULT_DRAIN_TIMEOUT)),
                log::add);
    }

    static GatewayFixture of(ConnectionScript script) {
        return of(script, Map.of());
    }

    static GatewayFixture of(ConnectionScript script, Map<String, String> overrides) {
        return new GatewayFixture(ScriptedServer.start(script), overrides, UnaryOperator.identity());
    }

    static GatewayFixture of(ConnectionScript script, UnaryOperator<GatewaySettings> settings) {
        return of(script, Map.of(), settings);
    }

    static GatewayFixture of(ConnectionScript script, Map<String, String> overrides, UnaryOperator<GatewaySettings> settings) {
        return new GatewayFixture(ScriptedServer.start(script), overrides, settings);
    }

    /** Starts a gateway that also relays requests to unknown paths. */
    static GatewayFixture forAnyPath(ConnectionScript script, Map<String, String> overrides) {
        return of(script, overrides, settings -> settings.withAccess(settings.access().withAllowedPaths(List.of("/*"))));
    }

    ScriptedServer server() {
        return server;
    }

    Paddock paddock() {
        return paddock;
    }

    Gateway gateway() {
        return gateway;
    }

    int port() {
        return gateway.port();
    }

    RawClient.Response ask(String method, String target, String body, String... fields) throws IOException {
        try (RawClient client = new RawClient(port())) {
            return client.request(method, target, body, fields).responseTo(method);
        }
    }

    /** Returns the line of the access log that tells of the only request, once it is there. */
    String logLine() {
        Eventually.await("a line in the access log", () -> !log.isEmpty());
        return log.getFirst().line();
    }

    /** Returns every line of the access log, once there are so many. */
    List<String> logLines(int count) {
        Eventually.await("lines in the access log", () -> log.size() >= count);
        return log.stream().map(AccessRecord::line).toList();
    }

    String metrics() throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        paddock.writeMetrics(page);
        return page.toString(UTF_8);
    }

    @Override
    public void close() {
        gateway.close();
        paddock.close();
        server.close();
    }
}
