package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.testsupport.RawClient;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A Prometheus of this machine that scrapes a gateway once a second. */
final class PrometheusProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    private PrometheusProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one with the alert rules. Its files are in the given directory. */
    static PrometheusProcess start(Path directory, Path rules, int scraped) throws IOException {
        String program = installed("prometheus");
        int port = freePort();
        Path configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
                rule_files: [ "%s" ]
                scrape_configs:
                  - job_name: paddock
                    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
                """.formatted(rules, scraped));
        Process process = new ProcessBuilder(
                program,
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        return new PrometheusProcess(process, port);
    }

    /** Returns the path of a program; where it is not installed, the test is skipped. */
    static String installed(String command) {
        String path = System.getenv("PATH");
        String found = Stream.of((path == null ? "" : path).split(File.pathSeparator))
                .map(part -> new File(part, command))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst()
                .orElse("");
        assumeTrue(!found.isEmpty(), () -> "skipped: " + command + " is not installed (Debian: apt-get install prometheus)");
        return found;
    }

    String query(String expression) {
        return page("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    }

    /** Returns a page of Prometheus, empty while it does not listen yet. */
    String page(String target) {
        try (RawClient client = new RawClient(port)) {
            return client.get(target).response().body();
        } catch (IOException notYet) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
