package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts the packaged command line as users do, with the jars of {@code target/lib} only. A test that runs in the build has the
 * dependencies of tests on its class path, too, so it does not notice one that is missing in the package.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PackagedGatewayIT {

    private static final long PATIENCE_SECONDS = 120;
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @TempDir private Path directory;

    @Test
    void jar_serveSim_answersHealthz() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertServes(List.of(java, "-jar", TARGET.resolve("paddock.jar").toString()));
    }

    /** The launcher runs in a project without sources, so it has nothing to build. */
    @Test
    void launcher_serveSim_answersHealthz() throws Exception {
        Path launcher = directory.resolve("paddock");
        Files.copy(Path.of("..", "..", "paddock"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(Files.createDirectories(directory.resolve("app-bootstrap/cli")).resolve("target"), TARGET);
        assertServes(List.of(launcher.toString()));
    }

    /** The command itself reports the failure, so there is nothing to log. */
    @Test
    void jar_serverUnreachable_reportsTheFailureOnce() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        java, "-jar", TARGET.resolve("paddock.jar").toString(),
                        "models", "--base-url", "http://127.0.0.1:" + closedPort)
                .start();

        String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(errors).startsWith("paddock: ").containsOnlyOnce("connection refused").doesNotContain("WARNING");
    }

    private void assertServes(List<String> program) throws Exception {
        Path errors = directory.resolve("errors.log");
        ProcessBuilder command = new ProcessBuilder(new ArrayList<>(program)).directory(directory.toFile()).redirectError(errors.toFile());
        command.command().addAll(List.of("serve", "--sim", "--port", "0"));
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = command.start();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            String url = output.readLine();
            assertThat(url).as("the first line; on stderr: %s", Files.readString(errors)).startsWith("http://");
            HttpURLConnection call =
                    (HttpURLConnection) URI.create(url).resolve("/healthz").toURL().openConnection();
            assertThat(call.getResponseCode()).isEqualTo(200);
            process.toHandle().destroy();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("the gateway stops").isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
