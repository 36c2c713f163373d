package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.testsupport.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Starts the packaged command line as users do, with the jars of {@code target/lib} only. A test that runs in the build has the
 * dependencies of tests on its class path, too, so it does not notice one that is missing in the package.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PackagedGatewayIT {

    private static final long PATIENCE_SECONDS = 120;

    /** Classes of the caches, of single-flight, of batches and of the export, without settings: these are checked although they are switched off. */
    private static final Pattern SWITCHED_OFF = Pattern.compile(
            " (?:dev\\.paddock\\.adapters\\.http\\.(?:answercache|wire\\.(?:reuse|embedding))\\.(?!\\S*(?:Settings|BatchLimits))"
                    + "|dev\\.paddock\\.ports\\.exchange\\.decorator\\.(?:SingleFlight|Flight|FrameLog)|com\\.github\\.benmanes"
                    + "|io\\.opentelemetry|dev\\.paddock\\.adapters\\.(?:metrics\\.opentelemetry\\.(?!\\S*(?:Settings|Conventions))|http\\.wire\\.telemetry))\\S*");

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TempDir private Path directory;

    @Test
    void jar_serveSim_answersHealthzAndLoadsNothingThatIsSwitchedOff() throws Exception {
        Path loaded = directory.resolve("classes.log");
        assertServes(jar("-Xlog:class+load:file=" + loaded), List.of(), url -> assertHealthy(url));

        assertThat(Files.readAllLines(loaded)).anyMatch(line -> line.contains(".PaddockGateway ")).noneMatch(line -> SWITCHED_OFF.matcher(line).find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shadow", "serve"})
    void jar_serveWithEverythingThatSavesWork_saves(String mode) throws Exception {
        assertServes(jar(), List.of("--cache", "--single-flight", "--batch", "--semantic", mode), url -> {
            assertThat(post(url, "/api/embed", "'input':['a','b']", "nomic-embed-text").getHeaderField("X-Cache")).isEqualTo("MISS");
            assertThat(post(url, "/api/embed", "'input':['b']", "nomic-embed-text").getHeaderFields().get("Cache-Status").toString())
                    .contains("paddock-embeddings; hit");
            String question = "'prompt':'What is the capital of France?','options':{'temperature':0},'stream':false";
            assertThat(post(url, "/api/generate", question, "llama3.2").getHeaderField("X-Cache")).isEqualTo("MISS");
            assertThat(post(url, "/api/generate", question, "llama3.2").getHeaderField("X-Cache")).isEqualTo("HIT");
            assertThat(text(url, "/metrics")).contains("paddock_single_flight_", "paddock_batch_", "paddock_semantic_cache_", "paddock_cache_");
            Eventually.await(() -> text(url, "/api/cache-stats").contains("\"reported\":0,\"size\":1"));
            assertThat(text(url, "/api/cache-stats")).contains("\"failed\":0,", "\"refused\":{},");
            assertThat(text(url, "/api/cache-stats")).contains("\"mode\":\"" + mode + "\"");
        });
    }

    @Test
    void jar_serveWithOtlp_sendsTracesAndMetrics() throws Exception {
        Map<String, String> received = new ConcurrentHashMap<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            try (InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
                received.merge(exchange.getRequestURI().getPath(), new String(body.readAllBytes(), ISO_8859_1), String::concat);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            String url = "http://127.0.0.1:" + collector.getAddress().getPort();
            assertServes(jar(), List.of("--otlp", url), gateway ->
                    post(gateway, "/api/generate", "'prompt':'a secret','stream':false", "llama3.2"));
        } finally {
            collector.stop(0);
        }

        assertThat(received).containsOnlyKeys("/v1/traces", "/v1/metrics");
        assertThat(received.get("/v1/traces")).contains("text_completion llama3.2", "POST /api/generate", "service.instance.id");
        assertThat(received.get("/v1/metrics")).contains("gen_ai.client.operation.duration", "paddock.pool.leased", "paddock.gateway.requests");
        assertThat(received.values()).noneMatch(sent -> sent.contains("a secret"));
    }

    @Test
    void jar_serveSemanticWithoutCache_saysWhatIsMissing() throws Exception {
        List<String> command = new ArrayList<>(jar());
        command.addAll(List.of("serve", "--sim", "--port", "0", "--semantic", "always"));
        Process process = new ProcessBuilder(command).start();

        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(errors).contains("paddock.semantic-cache.mode", "needs paddock.cache.enabled = true");
    }

    /** The launcher runs in a project without sources, so it has nothing to build. */
    @Test
    void launcher_serveSim_answersHealthz() throws Exception {
        Path launcher = directory.resolve("paddock");
        Files.copy(Path.of("..", "..", "paddock"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(Files.createDirectories(directory.resolve("app-bootstrap/cli")).resolve("target"), TARGET);
        assertServes(List.of(launcher.toString()), List.of(), url -> assertHealthy(url));
    }

    /** The command itself reports the failure, so there is nothing to log. */
    @Test
    void jar_serverUnreachable_reportsTheFailureOnce() throws Exception {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        List<String> command = new ArrayList<>(jar());
        command.addAll(List.of("models", "--base-url", "http://127.0.0.1:" + closedPort));
        Process process = new ProcessBuilder(command).start();

        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(errors).startsWith("paddock: ").containsOnlyOnce("connection refused").doesNotContain("WARNING");
    }

    private static List<String> jar(String... optionsOfJava) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(optionsOfJava));
        command.addAll(List.of("-jar", TARGET.resolve("paddock.jar").toString()));
        return command;
    }

    private void assertServes(List<String> program, List<String> options, Use use) throws Exception {
        Path errors = directory.resolve("errors.log");
        ProcessBuilder command = new ProcessBuilder(new ArrayList<>(program)).directory(directory.toFile()).redirectError(errors.toFile());
        command.command().addAll(List.of("serve", "--sim", "--port", "0"));
        command.command().addAll(options);
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = command.start();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            String url = output.readLine();
            assertThat(url).as("the first line; on stderr: %s", Files.readString(errors)).startsWith("http://");
            use.of(URI.create(url));
            process.toHandle().destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("the gateway stops").isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assertHealthy(URI url) throws IOException {
        assertThat(((HttpURLConnection) url.resolve("/healthz").toURL().openConnection()).getResponseCode()).isEqualTo(200);
    }

    private static HttpURLConnection post(URI url, String path, String fields, String model) throws IOException {
        HttpURLConnection call = (HttpURLConnection) url.resolve(path).toURL().openConnection();
        call.setDoOutput(true);
        call.getOutputStream().write(("{'model':'" + model + "'," + fields + "}").replace('\'', '"').getBytes(UTF_8));
        assertThat(call.getResponseCode()).isEqualTo(200);
        call.getInputStream().readAllBytes(); // an answer is stored when it is complete
        return call;
    }

    private static String text(URI url, String path) {
        try (InputStream body = url.resolve(path).toURL().openStream()) {
            return new String(body.readAllBytes(), UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Uses a running gateway. */
    @FunctionalInterface
    private interface Use {

        void of(URI url) throws IOException;
    }
}
