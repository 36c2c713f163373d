package dev.paddock.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scripts in {@code src/test/node}, installed in {@code target/node} with the packages that they need. */
final class NodeProject {

    private static final Path SOURCES = Path.of("src", "test", "node");
    private static final Path INSTALLED = Path.of("target", "node");
    private static final String PROBLEM = install();

    private NodeProject() {}

    /** Skips the test, and says why, if Node.js or the packages cannot be had here. */
    static void assumeInstalled() {
        assumeTrue(PROBLEM.isEmpty(), PROBLEM);
    }

    /** Runs a script to its end and returns the JSON object that it prints. */
    static JsonNode run(String script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(arguments);
        Finished finished = execute(command);
        assertThat(finished.exitCode).as("exit code of %s: %s", script, finished.output).isZero();
        try {
            return new ObjectMapper().readTree(finished.output);
        } catch (IOException noJson) {
            throw new AssertionError(script + " printed no JSON: " + finished.output, noJson);
        }
    }

    /** Returns what is wrong, or an empty text. */
    private static String install() {
        try {
            copySources();
            if (Files.isDirectory(INSTALLED.resolve("node_modules"))) {
                return "";
            }
            Finished npm = execute(List.of("npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"));
            return npm.exitCode == 0 ? "" : "skipped: the npm packages could not be installed: " + npm.output;
        } catch (UncheckedIOException absent) {
            return "skipped: Node.js and npm are not installed: " + absent.getMessage();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void copySources() throws IOException {
        Files.createDirectories(INSTALLED);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Finished execute(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(INSTALLED.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new AssertionError(command + " has closed its output and does not end");
            }
            return new Finished(process.exitValue(), output.strip());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", stopped);
        }
    }

    private record Finished(int exitCode, String output) {}
}
