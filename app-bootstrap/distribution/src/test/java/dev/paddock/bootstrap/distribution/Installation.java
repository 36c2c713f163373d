package dev.paddock.bootstrap.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A distribution that was unpacked, run on a PATH that has neither Maven nor Java. */
final class Installation {

    static final String VERSION = System.getProperty("paddock.version");
    static final Path RESULTS = Path.of("target/dist").toAbsolutePath();

    private static final List<String> PROGRAMS = List.of("sh", "sed", "cat", "env", "head", "readlink", "mkdir", "rm", "stty", "sleep");
    private static final long PATIENCE_SECONDS = 120;

    private final Path home;
    private final Path programs;
    private final Path cache;

    private Installation(Path home, Path programs, Path cache) {
        this.home = home;
        this.programs = programs;
        this.cache = cache;
    }

    /** Unpacks an archive of {@code target/dist} below a directory whose name has a blank. */
    static Installation unpack(String archive, Path directory) throws Exception {
        Path place = Files.createDirectories(directory.resolve("a place"));
        Distributions.run(place, List.of("tar", "xzf", RESULTS.resolve(archive).toString()));
        Path programs = Files.createDirectories(directory.resolve("programs"));
        for (String program : PROGRAMS) {
            for (String part : List.of("/bin", "/usr/bin")) {
                Path found = Path.of(part, program);
                if (Files.exists(found)) {
                    Path script = Files.writeString(programs.resolve(program), "#!/bin/sh\nexec " + found + " \"$@\"\n");
                    assertThat(script.toFile().setExecutable(true)).isTrue();
                }
            }
        }
        return new Installation(place.resolve("paddock-" + VERSION), programs, directory.resolve("the cache"));
    }

    Path home() {
        return home;
    }

    Path launcher() {
        return home.resolve("bin/paddock");
    }

    ProcessBuilder command(Path launcher, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(programs.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", programs.toString(), "XDG_CACHE_HOME", cache.toString(), "HOME", programs.toString()));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs a command to its end and returns what it printed. */
    String run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        Process process = command(launcher, environment, arguments).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    /** Does something with a gateway at a port. */
    @FunctionalInterface
    interface GatewayCheck {

        void accept(int port) throws IOException;
    }

    /** Expects of a gateway that it says its URL, serves, and ends when it is told to. */
    static void assertServes(ProcessBuilder command) throws Exception {
        assertServes(command, port -> {});
    }

    /** Expects the same, and that the gateway passes a check. */
    static void assertServes(ProcessBuilder command, GatewayCheck check) throws Exception {
        Process process = command.start();
        try (BufferedReader printed = process.inputReader(UTF_8)) {
            List<String> lines = new ArrayList<>();
            String line = printed.readLine();
            while (line != null && !line.contains("http://")) {
                lines.add(line);
                line = printed.readLine();
            }
            assertThat(line).as(() -> String.join("\n", lines)).isNotNull();
            URI url = URI.create(line.substring(line.indexOf("http://")).split("[\\s,]", 2)[0]);
            assertThat(get(url.getPort(), "/healthz")).contains("\"ok\"");
            assertThat(get(url.getPort(), "/api/tags")).contains("llama3.2");
            check.accept(url.getPort());
            // Process.destroy would close what it prints.
            process.toHandle().destroy();
            while (printed.readLine() != null) {
                // Until the gateway has ended.
            }
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String get(int port, String path) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.get(path).response().body();
        }
    }
}
