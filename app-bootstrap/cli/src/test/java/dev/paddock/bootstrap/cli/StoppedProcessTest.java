package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.testsupport.Eventually;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the command line in a process of its own, and stops it unless it ends by itself. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StoppedProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The entry point with sessions that read no configuration. */
    static final class TestedMain {

        private TestedMain() {}

        public static void main(String[] arguments) {
            SessionFactory sessions = overrides -> SessionFactory.ofDefaults().withoutPolicies(overrides).get();
            System.exit(new Cli(new CliContext(Terminal.ofProcess(), Map.of(), sessions)).run(arguments));
        }
    }

    @Test
    void chat_processStopped_cancelsAtTheServer() throws Exception {
        SimulatorSettings slow = SimulatorSettings.builder()
                .tokenInterval(Duration.ofMillis(50))
                .tokensPerAnswer(10_000)
                .build();
        try (OllamaSimulator server = OllamaSimulator.start(slow)) {
            Process process = start("chat", "-m", "llama3.2", "--base-url", server.baseUrl(), "Hello");
            // Something was printed, so the answer is under way.
            assertThat(process.getInputStream().read()).isNotNegative();

            process.toHandle().destroy();

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(server.awaitCounters(counters -> counters.disconnectsDuringGeneration() == 1, PATIENCE))
                    .isTrue();
            assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).doesNotContain("\tat ");
        }
    }

    @Test
    void poolWatch_processStopped_ends() throws Exception {
        try (OllamaSimulator server = OllamaSimulator.start();
                Paddock paddock = Paddock.start(ConfigurationLoader.ofDefaults()
                        .withOverrides("test", Map.of("paddock.base-url", server.baseUrl())));
                StubGateway gateway = StubGateway.of(paddock)) {
            Process process = start("pool", "--watch", "--gateway", gateway.url());
            assertThat(process.getInputStream().read()).isNotNegative();

            process.toHandle().destroy();

            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).doesNotContain("\tat ");
        }
    }

    @Test
    void index_ofAProcess_printsNoWarningOfTheLibrary(@TempDir Path directory) throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("folder")).resolve("a.md"), "# Title\n\nSome text.");
        try (OllamaSimulator server = OllamaSimulator.start()) {
            Process process = start(
                    "index", directory.resolve("folder").toString(), "--index", directory.resolve("index").toString(),
                    "--embedding-model", "nomic-embed-text", "--base-url", server.baseUrl());

            String messages = new String(process.getErrorStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(messages).isZero();
            assertThat(messages).contains("1 of 1 files").doesNotContain("VectorizationProvider");
        }
    }

    @Test
    void sim_processStopped_ends() throws Exception {
        Process process = start("sim", "--port", "0", "--json");
        StringBuilder line = new StringBuilder();
        for (int octet = process.getInputStream().read(); octet > '\n'; octet = process.getInputStream().read()) {
            line.append((char) octet);
        }
        assertThat(line.toString()).contains("\"base_url\":\"http://127.0.0.1:");

        process.toHandle().destroy();

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void serve_processStopped_finishesWhatItHasBegunAndExitsWithZero() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        HttpServer server = answeringAfter(hungUp);
        try {
            Process process = start("serve", "--port", "0", "--base-url", "http://127.0.0.1:" + server.getAddress().getPort());
            BufferedReader output = process.inputReader(UTF_8);
            URI gateway = URI.create(output.readLine());
            HttpURLConnection call = (HttpURLConnection) gateway.resolve("/api/generate").toURL().openConnection();
            call.setDoOutput(true);
            call.getOutputStream().write("{\"model\":\"llama3.2\",\"prompt\":\"Hello\"}".getBytes(UTF_8));
            BufferedReader answer = new BufferedReader(new InputStreamReader(call.getInputStream(), UTF_8));
            assertThat(answer.readLine()).contains("\"done\":false");

            process.toHandle().destroy();
            BufferedReader messages = process.errorReader(UTF_8);
            assertThat(messages.lines().anyMatch(line -> line.startsWith("Stopping"))).isTrue();
            kill(process, "-HUP"); // it would read its configuration again, and does not end by it
            hungUp.countDown();

            assertThat(answer.lines().toList()).last().asString().contains("\"done\":true");
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(output.lines()).anyMatch(line -> line.contains("operation=generate") && line.contains("outcome=ok"));
            assertThat(messages.lines()).contains("Stopped; all requests have ended.");
        } finally {
            hungUp.countDown();
            server.stop(0);
        }
    }

    /** Starts a server whose answers have a piece at once, and their end when the latch opens. */
    private static HttpServer answeringAfter(CountDownLatch latch) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/generate", exchange -> {
            byte[] unused = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write("{\"model\":\"m\",\"response\":\"a\",\"done\":false}\n".getBytes(UTF_8));
            body.flush();
            Eventually.await("the hang-up", () -> latch.getCount() == 0);
            body.write("{\"model\":\"m\",\"response\":\"\",\"done\":true,\"done_reason\":\"stop\"}\n".getBytes(UTF_8));
            exchange.close();
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server;
    }

    @Test
    void serve_processGetsHangUp_readsTheListOfServersAgain(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("paddock.conf");
        Path list = directory.resolve("list.conf"); // the gateway watches only the file that includes it
        Files.writeString(file, "include \"list.conf\"\npaddock.gateway.port = 0");
        Files.writeString(list, "paddock.backends = [\"one=http://127.0.0.1:9\"]");
        Process process = start(List.of("-Dconfig.file=" + file), "serve");
        BufferedReader output = process.inputReader(UTF_8);
        URI gateway = URI.create(output.readLine());
        assertThat(read(gateway.resolve("/api/backends"))).contains("\"id\":\"one\"").doesNotContain("\"id\":\"two\"");

        Files.writeString(list, "paddock.backends = [\"one=http://127.0.0.1:9\", \"two=http://127.0.0.1:10\"]");
        kill(process, "-HUP");

        Eventually.await("the list is read again", () -> read(gateway.resolve("/api/backends")).contains("\"id\":\"two\""));
        process.toHandle().destroy();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String read(URI uri) {
        try (InputStream body = uri.toURL().openStream()) {
            return new String(body.readAllBytes(), UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @ParameterizedTest
    @CsvSource({"-INT, 130", "-TERM, 143"})
    void bench_processStopped_reportsWhatItMeasuredButWritesNoBaseline(String signal, int status, @TempDir Path directory) throws Exception {
        SimulatorSettings quick = SimulatorSettings.builder().build();
        try (OllamaSimulator server = OllamaSimulator.start(quick)) {
            Process process = start(
                    "bench", "--json", "--url", server.baseUrl(), "-m", "llama3.2", "--concurrency", "1", "--requests",
                    "1000000", "--warm-up", "0", "--output", directory.resolve("baseline.json").toString(),
                    "--output-format", "ollama-rag");
            assertThat(server.awaitCounters(counters -> counters.responsesCompleted() >= 20, PATIENCE))
                    .isTrue();

            kill(process, signal);

            Map<String, Object> result = CliRun.object(PlainJson.fromText(
                    new String(process.getInputStream().readAllBytes(), UTF_8)));
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("the exit status").isEqualTo(status);
            assertThat(result.get("complete")).isEqualTo(false);
            Map<String, Object> pooled = CliRun.object(CliRun.object(result.get("modes")).get("pooled"));
            assertThat((Integer) pooled.get("successes")).isBetween(19, (int) server.counters().requests());
            assertThat(pooled.get("errors")).isEqualTo(Map.of());
            assertThat(directory.resolve("baseline.json")).doesNotExist();
        }
    }

    private static Process start(String... arguments) throws Exception {
        return start(List.of(), arguments);
    }

    private static Process start(List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath()));
        if (OS.current() == OS.LINUX) {
            command.addAll(0, List.of("env", "--default-signal=INT")); // a shell may have started the tests with SIGINT ignored
        }
        command.addAll(options);
        command.add(TestedMain.class.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close(); // a prompt is followed by the input, to its end
        return process;
    }

    private static void kill(Process process, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start().waitFor()).isZero();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace("\n", File.pathSeparator);
    }
}
