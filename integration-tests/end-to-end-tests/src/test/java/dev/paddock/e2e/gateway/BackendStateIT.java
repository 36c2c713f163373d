package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.GatewayConfiguration;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.CapturedLog;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator sees of a model server that is not there yet. */
@Timeout(60)
class BackendStateIT {

    private final List<String> accessLog = new CopyOnWriteArrayList<>();

    @Test
    void start_serverIsNotThere_isLoggedOnceWithAddressAndCause() throws IOException {
        String url = "http://127.0.0.1:" + freePort();
        try (CapturedLog log = CapturedLog.under("paddock.backend");
                PaddockGateway gateway = start(url, Map.of())) {
            Eventually.await("a line in the log", () -> !log.records().isEmpty());

            assertThat(log.records().getFirst().getLevel()).isEqualTo(Level.WARNING);
            assertThat(log.records().getFirst().getMessage()).contains(url).containsIgnoringCase("refused");
            assertThat(status(gateway, "/readyz")).as("ready, unless it is set otherwise").isEqualTo(200);
            assertThat(status(gateway, "/api/tags")).isEqualTo(503);
            assertThat(log.records()).hasSize(1);
        }
    }

    @Test
    void readyAfterAnswer_serverAnswersLater_isReadyThen() throws IOException {
        CountDownLatch up = new CountDownLatch(1);
        ConnectionScript silentAtFirst = connection -> {
            while (connection.awaitRequest()) {
                connection.readRequest();
                if (up.getCount() > 0) {
                    return;
                }
                connection.sendResponse("200 OK", "text/plain", "Ollama is running");
            }
        };
        try (ScriptedServer server = ScriptedServer.start(silentAtFirst);
                PaddockGateway gateway = start(server.baseUrl(), Map.of("paddock.gateway.ready-after-answer", "true"))) {
            assertThat(status(gateway, "/readyz")).isEqualTo(503);
            assertThat(status(gateway, "/healthz")).isEqualTo(200);

            up.countDown();

            Eventually.await("readiness", () -> status(gateway, "/readyz") == 200);
            assertThat(accessLog).as("probes in the access log").isEmpty();
        }
    }

    @Test
    void accessLog_json_hasAnObjectForEachRequestAndProbesIfSet() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json("{}"));
                PaddockGateway gateway = start(server.baseUrl(), Map.of(
                        "paddock.gateway.access-log.format", "json", "paddock.gateway.access-log.probes", "true"))) {
            assertThat(status(gateway, "/api/tags?key=secret")).isEqualTo(200);
            Eventually.await("the first line", () -> accessLog.size() == 1);
            assertThat(status(gateway, "/healthz")).isEqualTo(200);

            Eventually.await("two lines", () -> accessLog.size() == 2);
            assertThat(accessLog.getFirst())
                    .startsWith("{\"time\":\"")
                    .contains("\"method\":\"GET\",\"path\":\"/api/tags\",\"operation\":\"list_models\"")
                    .doesNotContain("secret");
            assertThat(accessLog.getLast()).contains("\"path\":\"/healthz\"");
        }
    }

    private PaddockGateway start(String server, Map<String, String> settings) {
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withOverrides("the test", Map.of("paddock.base-url", server, "paddock.gateway.port", "0"))
                .withOverrides("the case", settings);
        GatewayConfiguration configuration = GatewayConfiguration.load(loader);
        AccessLogFormat format = configuration.gateway().monitoring().logFormat();
        return PaddockGateway.start(configuration, metrics -> AccessLog.ofLines(format, accessLog::addAll, metrics));
    }

    private static int status(PaddockGateway gateway, String target) {
        try (RawClient client = new RawClient(URI.create(gateway.baseUrl()).getPort())) {
            return client.get(target).response().status();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
