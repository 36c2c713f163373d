package dev.paddock.bootstrap.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.testsupport.Eventually;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GatewayReloadTest {

    private static final byte[] MODELS = "{\"models\":[]}".getBytes(UTF_8);

    @TempDir
    private Path directory;

    private final List<AccessRecord> requests = new CopyOnWriteArrayList<>();
    private final LoggedLines log = new LoggedLines();
    private final Logger logger = Logger.getLogger(GatewayReload.class.getName());
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        logger.addHandler(log);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/tags", exchange -> {
            exchange.sendResponseHeaders(200, MODELS.length);
            exchange.getResponseBody().write(MODELS);
            exchange.close();
        });
        server.createContext("/api/ps", exchange -> {
            arrived.countDown();
            awaitAnswer();
            exchange.sendResponseHeaders(200, MODELS.length);
            exchange.getResponseBody().write(MODELS);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        answer.countDown();
        server.stop(0);
        http.close();
        logger.removeHandler(log);
    }

    @Test
    void reload_keyRevoked_refusesTheNextRequestAndNotTheOneInProgress() throws Exception {
        writeKeys("alice", "bob");
        try (PaddockGateway gateway = start("")) {
            CompletableFuture<HttpResponse<String>> running =
                    http.sendAsync(request(gateway, "/api/ps", "key of alice"), HttpResponse.BodyHandlers.ofString());
            arrived.await();
            writeKeys("bob");
            gateway.reload();

            assertThat(status(gateway, "key of alice")).isEqualTo(401);
            assertThat(status(gateway, "key of bob")).isEqualTo(200);
            answer.countDown();
            assertThat(running.get().statusCode()).isEqualTo(200);
            assertThat(log.text()).contains("the keys are now bob");
        }
    }

    @Test
    void watch_fileOfKeysChanges_isUsedWithoutARestart() throws Exception {
        writeKeys("alice");
        try (PaddockGateway gateway = start("")) {
            assertThat(status(gateway, "key of carol")).isEqualTo(401);
            writeKeys("alice", "carol");

            Eventually.await("the new key is accepted", () -> status(gateway, "key of carol") == 200);
            writeKeys("carol");
            Eventually.await("the revoked key is refused", () -> status(gateway, "key of alice") == 401);
        }
    }

    @Test
    void watch_configurationCannotBeUsed_revokesAKeyNevertheless() throws Exception {
        writeKeys("alice", "bob");
        try (PaddockGateway gateway = start("")) {
            configure("nonsense = 1");
            writeKeys("bob");

            Eventually.await("the revoked key is refused", () -> status(gateway, "key of alice") == 401);
            assertThat(status(gateway, "key of bob")).isEqualTo(200);
        }
    }

    @Test
    void reload_fileOfKeysIsBroken_keepsTheKeysAndSaysWhy() throws Exception {
        writeKeys("alice");
        try (PaddockGateway gateway = start("")) {
            Files.writeString(keys(), "alice " + hash("key of alice") + "\n");
            gateway.reload();

            assertThat(status(gateway, "key of alice")).isEqualTo(200);
            assertThat(log.text()).contains("stay as they are", "line 1").doesNotContain(hash("key of alice"));
            Eventually.await("the watch has seen it, too", () -> log.text().contains("the file of keys is '"));
            assertThat(status(gateway, "key of alice")).isEqualTo(200);
            Files.delete(keys());
            gateway.reload();
            assertThat(status(gateway, "key of alice")).isEqualTo(200);
        }
    }

    @Test
    void start_fileOfKeysIsBroken_isAnErrorWithItsKey() throws Exception {
        Files.writeString(keys(), "alice\n");

        assertThatThrownBy(() -> start("")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("paddock.gateway.access.key-file")
                .hasMessageContaining("line 1");
    }

    @Test
    void reload_lastKeyRevoked_opensNothing() throws Exception {
        writeKeys("alice");
        try (PaddockGateway gateway = start("")) {
            writeKeys();
            gateway.reload();

            assertThat(status(gateway, "key of alice")).isEqualTo(401);
            assertThat(status(gateway, "")).isEqualTo(401);
        }
        try (PaddockGateway gateway = start("")) {
            assertThat(status(gateway, "")).as("after a start").isEqualTo(401);
        }
    }

    @Test
    void request_withANamedKey_hasTheNameInTheAccessLogAndTheMetrics() throws Exception {
        writeKeys("alice");
        try (PaddockGateway gateway = start("gateway.access.key-hashes = \"" + hash("unnamed") + "\"")) {
            assertThat(status(gateway, "key of alice")).isEqualTo(200);
            assertThat(status(gateway, "unnamed")).isEqualTo(200);
            assertThat(status(gateway, "unknown")).isEqualTo(401);

            Eventually.await("three lines", () -> requests.size() == 3);
            assertThat(requests).extracting(AccessRecord::line)
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).endsWith(" key=alice").contains("status=200"),
                            line -> assertThat(line).endsWith(" key=key-0").contains("status=200"),
                            line -> assertThat(line).endsWith(" key=-").contains("status=401"));
            String page = http.send(request(gateway, "/metrics", "unnamed"), HttpResponse.BodyHandlers.ofString()).body();
            assertThat(page).contains(
                    "paddock_gateway_key_requests_total{key=\"alice\"} 1.0", "paddock_gateway_key_requests_total{key=\"key-0\"} 1.0");
        }
    }

    @Test
    void reload_otherSettingsChanged_namesThemWithoutTheirValues() throws Exception {
        writeKeys("alice");
        try (PaddockGateway gateway = start("pool.hosts = 8")) {
            gateway.reload();
            assertThat(log.text()).contains("the servers and the keys have not changed");
            configure("pool.hosts = 9, api-key = \"a-secret\", gateway.access.key-hashes = \"" + hash("further") + "\"");
            gateway.reload();

            assertThat(log.text())
                    .contains("the keys are now alice, 1 without a name")
                    .contains("need a restart: paddock.api-key, paddock.pool.hosts")
                    .doesNotContain("a-secret", hash("further"));
            assertThat(status(gateway, "further")).isEqualTo(200);
            configure("gateway.access.key-hashes = null");
            gateway.reload();
            assertThat(status(gateway, "further")).as("removed from the configuration").isEqualTo(401);
        }
    }

    @Test
    @Timeout(60)
    void events_keyRevoked_endOnlyForItsViewer() throws Exception {
        writeKeys("alice", "bob");
        try (PaddockGateway gateway = start("");
                Stream<String> ofAlice = events(gateway, "alice");
                Stream<String> ofBob = events(gateway, "bob")) {
            Iterator<String> bob = ofBob.iterator();
            assertThat(bob.next()).startsWith("id: ");
            writeKeys("bob");
            gateway.reload();

            ofAlice.forEach(line -> {}); // to its end
            for (int line = 0; line < 9; line++) { // three snapshots
                assertThat(bob.hasNext()).isTrue();
                bob.next();
            }
        }
    }

    @Test
    void reloadFrom_configurationHasChangedDuringTheStart_isUsed() throws Exception {
        writeKeys("alice");
        ConfigurationLoader loader = loader("");
        try (PaddockGateway gateway = start(loader)) {
            configure("gateway.access.key-hashes = \"" + hash("further") + "\"");
            gateway.reloadFrom(loader);

            assertThat(status(gateway, "further")).isEqualTo(200);
            assertThat(log.text()).doesNotContain("need a restart");
        }
    }

    @Test
    void reload_gatewayHasBegunToStop_changesNothing() throws Exception {
        writeKeys("alice");
        try (PaddockGateway gateway = start("")) {
            assertThat(gateway.drain()).isZero();
            writeKeys("bob");
            gateway.reload();

            assertThat(log.text()).isEmpty();
        }
    }

    private Stream<String> events(PaddockGateway gateway, String name) {
        HttpRequest request = request(gateway, "/paddock/events", "key of " + name);
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofLines()).join().body();
    }

    private PaddockGateway start(String settings) throws Exception {
        ConfigurationLoader loader = loader(settings);
        PaddockGateway gateway = start(loader);
        gateway.reloadFrom(loader);
        return gateway;
    }

    private PaddockGateway start(ConfigurationLoader loader) {
        return PaddockGateway.start(GatewayConfiguration.load(loader), metrics -> (AccessLog) requests::add);
    }

    private ConfigurationLoader loader(String settings) throws Exception {
        return ConfigurationLoader.ofDefaults().withOverrides("test", Map.of("config.file", configure(settings)));
    }

    private String configure(String settings) throws Exception {
        String baseUrl = "http://127.0.0.1:" + server.getAddress().getPort();
        return Files.writeString(
                        directory.resolve("paddock.conf"),
                        "paddock { base-url = \"" + baseUrl + "\", gateway { port = 0, access.key-file = \"" + keys() + "\" }\n" + settings
                                + "\n}")
                .toString();
    }

    private Path keys() {
        return directory.resolve("keys");
    }

    private void writeKeys(String... names) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(name).append(" 2026-11-29T12:00:00Z ").append(hash("key of " + name)).append('\n');
        }
        Path written = Files.writeString(directory.resolve("keys.new"), text);
        Files.move(written, keys(), StandardCopyOption.ATOMIC_MOVE);
    }

    private int status(PaddockGateway gateway, String key) {
        return http.sendAsync(request(gateway, "/api/tags", key), HttpResponse.BodyHandlers.discarding()).join().statusCode();
    }

    private static HttpRequest request(PaddockGateway gateway, String path, String key) {
        return HttpRequest.newBuilder(URI.create(gateway.baseUrl() + path)).header("Authorization", "Bearer " + key).build();
    }

    private static String hash(String key) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    }

    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class LoggedLines extends Handler {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        String text() {
            return String.join("\n", lines);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
