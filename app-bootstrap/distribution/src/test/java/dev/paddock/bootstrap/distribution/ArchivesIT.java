package dev.paddock.bootstrap.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The archives as users have them: unpacked anywhere, started through links, never written to. */
@Timeout(300)
class ArchivesIT {

    private static final String PLAIN = "paddock-" + Installation.VERSION + ".tar.gz";
    private static final String WITH_RUNTIME = "paddock-" + Installation.VERSION + "-linux-" + ContainerImage.architecture() + ".tar.gz";
    private static final Map<String, String> JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    private Path directory;

    /** Each archive with the Java that it needs besides itself. */
    static Stream<Arguments> archives() {
        return Stream.of(
                Arguments.of(PLAIN, JAVA),
                Arguments.of(WITH_RUNTIME, Map.of()));
    }

    @ParameterizedTest
    @MethodSource("archives")
    void launcher_inAPlaceWithBlanks_runsThroughLinksAndChangesNothing(String archive, Map<String, String> environment) throws Exception {
        Installation installation = Installation.unpack(archive, directory);
        List<String> before = listing(installation.home());
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a place/paddock-" + Installation.VERSION + "/bin/paddock"));
        Path linkToLink = Files.createSymbolicLink(directory.resolve("another link"), link);

        assertThat(installation.run(installation.launcher(), environment, "--version")).startsWith("paddock " + Installation.VERSION);
        assertThat(installation.run(linkToLink, environment, "demo", "--calls", "4", "--callers", "2", "--connection-cost", "0"))
                .contains("reused");
        Installation.assertServes(installation.command(link, environment, "serve", "--sim", "--port", "0"));

        assertThat(listing(installation.home())).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("archives")
    void classes_ofTheStart_areInTheCaches(String archive, Map<String, String> environment) throws Exception {
        Installation installation = Installation.unpack(archive, directory);
        Path log = directory.resolve("classes");
        Map<String, String> logging = new HashMap<>(environment);
        logging.put("PADDOCK_JAVA_OPTS", "-Xlog:class+load:file=" + log);

        installation.run(installation.launcher(), logging, "generate", "--help");

        String loaded = Files.readString(log);
        assertThat(List.of("dev.paddock.bootstrap.cli.Main", "dev.paddock.bootstrap.cli.generation.GenerateCommand"))
                .allSatisfy(type -> assertThat(loaded).contains(" " + type + " source: shared objects file"));

        Installation.assertServes(installation.command(installation.launcher(), logging, "serve", "--sim", "--port", "0"));

        assertThat(log).content().contains(" dev.paddock.bootstrap.gateway.PaddockGateway source: shared objects file");
    }

    @Test
    void launcher_withoutJava_saysWhereItSearched() throws Exception {
        Installation installation = Installation.unpack(PLAIN, directory);
        // A Java of this machine would be found in one of the usual places.
        Path old = Files.createDirectories(directory.resolve("old/bin"));
        Files.writeString(old.resolve("java"), "#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n").toFile().setExecutable(true);

        String printed = installation.run(
                installation.launcher(), Map.of("JAVA_HOME", old.getParent().toString(), "JAVA21_HOME", System.getProperty("java.home")), "--version");

        assertThat(printed).startsWith("paddock " + Installation.VERSION);
    }

    @Test
    void archiveWithRuntime_java_isItsOwn() throws Exception {
        Installation installation = Installation.unpack(WITH_RUNTIME, directory);

        String printed = installation.run(
                installation.launcher(), Map.of("JAVA_HOME", System.getProperty("java.home"), "PADDOCK_JAVA_OPTS", "-XshowSettings:properties"),
                "--version");

        assertThat(printed).contains("java.home = " + installation.home().toRealPath().resolve("runtime"));
    }

    @Test
    void archives_plainAndWithRuntime_haveTheSameFiles() throws Exception {
        List<String> plain = names(Installation.unpack(PLAIN, directory.resolve("one")).home());
        List<String> withRuntime = names(Installation.unpack(WITH_RUNTIME, directory.resolve("two")).home());

        assertThat(withRuntime).filteredOn(name -> !name.startsWith("runtime/")).isEqualTo(plain);
        assertThat(plain).contains(
                "bin/paddock", "bin/paddock.cmd", "app/paddock.jar", "app/commands.aot", "app/servers.aot", "LICENSE", "NOTICE", "licenses/THIRD-PARTY.txt",
                "licenses/bom.cdx.json", "deploy/systemd/paddock.service", "deploy/grafana/paddock.json", "share/man/man1/paddock.1",
                "share/bash-completion/completions/paddock", "share/zsh/site-functions/_paddock", "share/fish/vendor_completions.d/paddock.fish");
        assertThat(withRuntime).anyMatch(name -> name.startsWith("runtime/legal/java.base/"));
    }

    @Test
    void licences_ofAllJars_areListedWithTheirTexts() throws Exception {
        Path home = Installation.unpack(PLAIN, directory).home();
        String list = Files.readString(home.resolve("licenses/THIRD-PARTY.txt"));

        for (Path jar : FileTree.files(home.resolve("app/lib"))) {
            String name = jar.getFileName().toString();
            if (!name.startsWith("paddock-")) {
                String line = list.lines().filter(candidate -> candidate.startsWith(name + " ")).findFirst().orElseThrow();
                for (String licence : line.substring(name.length()).strip().split(" {2,}")[0].split(" or ")) {
                    assertThat(home.resolve("licenses/" + licence + ".txt")).as(name).isNotEmptyFile();
                }
            }
        }
    }

    @Test
    void windowsLauncher_lines_endAsCmdNeedsThem() throws Exception {
        String script = Files.readString(Installation.unpack(PLAIN, directory).home().resolve("bin/paddock.cmd"));

        assertThat(script.replace("\r\n", "")).doesNotContain("\n", "\r");
        assertThat(script).contains("%~dp0", "app\\paddock.jar\" %*\r\n");
    }

    @Test
    void checksums_ofAllResults_areRight() throws Exception {
        List<String> lines = Files.readAllLines(Installation.RESULTS.resolve("SHA256SUMS"));

        assertThat(lines).hasSize(3);
        for (String line : lines) {
            String[] parts = line.split(" {2}");
            assertThat(FileTree.sha256(Installation.RESULTS.resolve(parts[1]))).isEqualTo(parts[0]);
        }
    }

    private static List<String> names(Path home) throws IOException {
        return FileTree.files(home).stream().map(file -> home.relativize(file).toString()).toList();
    }

    /** Returns every file with its size and its time. */
    private static List<String> listing(Path home) throws IOException {
        List<String> files = new ArrayList<>();
        for (Path file : FileTree.files(home)) {
            files.add(home.relativize(file) + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
        return files;
    }
}
