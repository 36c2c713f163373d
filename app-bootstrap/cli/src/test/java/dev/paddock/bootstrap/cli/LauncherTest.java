package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher of this project with a Java and a Maven that only note what they are asked to do. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {

    private static final Path LAUNCHER = Path.of("..", "..", "paddock");

    @TempDir private Path directory;
    private Path project;
    private Path java;
    private Path maven;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(directory.resolve("a project"));
        Files.copy(LAUNCHER, project.resolve("paddock"), StandardCopyOption.COPY_ATTRIBUTES);
        write(project.resolve("pom.xml"), "");
        write(project.resolve("domain/src/main/java/A.java"), "");
        java = makeJava("a jdk", "25.0.1");
        maven = script("maven", """
                echo "$@" >> builds
                mkdir -p app-bootstrap/cli/target/lib
                echo jar > app-bootstrap/cli/target/paddock.jar
                """);
    }

    @Test
    void launcher_firstUse_buildsAndRuns() throws Exception {
        Result result = launch("chat", "two words", "*");

        assertThat(result.output).contains("Building Paddock (first use");
        assertThat(result.output).contains("<-jar>").contains("<chat>\n<two words>\n<*>\n");
        assertThat(result.output).contains("SharedArchiveFile=" + project.toRealPath() + "/.paddock/");
        assertThat(builds()).hasSize(1).first().asString().contains("-pl app-bootstrap/cli -am package");
        assertThat(project.resolve(".paddock/build.log")).content().contains("<train>\n<--archives>\n<" + project.toRealPath() + "/.paddock>");
    }

    @Test
    void launcher_javaWithoutCaches_isTrainedWithAnArchiveOfClasses() throws Exception {
        java = makeJava("older jdk", "24.0.2");

        assertThat(launch("models").output).contains("<-XX:+AutoCreateSharedArchive>").doesNotContain("AOTCache");
        assertThat(project.resolve(".paddock/build.log")).content().contains("SharedArchiveFile=").endsWith("<train>\n");
    }

    @Test
    void launcher_cacheOfThisBuildAndJava_isUsedByTheCommandsThatItServes() throws Exception {
        launch();
        Path state = project.toRealPath().resolve(".paddock");
        write(state.resolve("commands.aot"), "");
        write(state.resolve("servers.aot"), "");

        assertThat(launch("models").output).contains("<-XX:AOTCache=" + state + "/commands.aot>").doesNotContain("SharedArchiveFile");
        assertThat(launch("serve").output).contains("<-XX:AOTCache=" + state + "/servers.aot>").doesNotContain("SharedArchiveFile");
    }

    @Test
    void launcher_cacheOfAnotherBuildOrJava_isNotUsed() throws Exception {
        launch();
        Path cache = write(project.resolve(".paddock/commands.aot"), "");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.EPOCH));

        assertThat(launch("models").output).contains("SharedArchiveFile=").doesNotContain("AOTCache");

        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(launch("models").output).contains("AOTCache=");
        java = makeJava("another jdk", "25.0.2");

        assertThat(launch("models").output).contains("SharedArchiveFile=").doesNotContain("AOTCache");
    }

    @Test
    void launcher_secondUse_doesNotBuild() throws Exception {
        launch();

        assertThat(launch().output).doesNotContain("Building");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void launcher_sourceChanged_buildsAgain() throws Exception {
        launch();
        Path source = write(project.resolve("domain/src/main/java/B.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

        assertThat(launch().output).contains("sources have changed");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void launcher_testChanged_doesNotBuild() throws Exception {
        launch();
        Path source = write(project.resolve("domain/src/test/java/B.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch();

        assertThat(builds()).hasSize(1);
    }

    @Test
    void launcher_severalAtOnce_buildOnce() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int count = 0; count < 4; count++) {
            processes.add(start(Map.of()));
        }
        for (Process process : processes) {
            assertThat(finish(process).status).isEqualTo(7);
        }

        assertThat(builds()).hasSize(1);
        assertThat(project.resolve(".paddock/build.lock")).doesNotExist();
    }

    @Test
    void launcher_lockOfDeadProcess_isTakenAway() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        write(project.resolve(".paddock/build.lock/owner"), dead.pid() + "\n");

        assertThat(launch().status).isEqualTo(7);
        assertThat(builds()).hasSize(1);
    }

    @Test
    void launcher_exitStatusOfJava_isKept() throws Exception {
        assertThat(launch().status).isEqualTo(7);
    }

    @Test
    void launcher_buildFails_showsTheEndAndTheLog() throws Exception {
        maven = script("broken maven", "echo it is broken; exit 1\n");

        Result result = launch();

        assertThat(result.status).isEqualTo(3);
        assertThat(result.output).contains("it is broken").contains("/.paddock/build.log");
        assertThat(project.resolve(".paddock/build.lock")).doesNotExist();
    }

    @Test
    void launcher_javaTooOldInJavaHome_isPassedOver() throws Exception {
        Path old = makeJava("old jdk", "17.0.1");
        Path newer = java;
        java = old;

        Result result = finish(start(Map.of("JAVA21_HOME", newer.toString())));

        assertThat(result.output).contains("java=" + newer);
    }

    @Test
    void launcher_calledThroughLink_findsItsProject() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), project.resolve("paddock"));

        Process process = builder(link, Map.of()).start();

        assertThat(finish(process).status).isEqualTo(7);
        assertThat(builds()).hasSize(1);
    }

    @Test
    void launcher_ownCollectorWanted_getsNoOther() throws Exception {
        Result result = finish(start(Map.of("PADDOCK_JAVA_OPTS", "-XX:+UseG1GC -Dx=y")));

        assertThat(result.output).contains("<-XX:+UseG1GC>\n<-Dx=y>").doesNotContain("UseSerialGC");
    }

    @Test
    void launcher_moreJarsWanted_standBehindThoseOfPaddock() throws Exception {
        Result result = finish(start(Map.of("PADDOCK_CLASS_PATH", "/more jars/*:/a.jar"), "serve"));

        assertThat(result.output)
                .containsPattern("<-cp>\n<[^\n]*/target/paddock.jar:/more jars/\\*:/a.jar>\n<dev.paddock.bootstrap.cli.Main>\n<serve>")
                .doesNotContain("<-jar>");
    }

    private Result launch(String... arguments) throws Exception {
        return finish(start(Map.of(), arguments));
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        return builder(project.resolve("paddock"), environment, arguments).start();
    }

    private ProcessBuilder builder(Path launcher, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA"));
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().put("MAVEN", maven.toString());
        builder.environment().putAll(environment);
        return builder;
    }

    private static Result finish(Process process) throws Exception {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(project.resolve("builds"));
    }

    private Path makeJava(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(name + "/bin/java", "echo \"java=" + home + "\"; printf '<%s>\\n' \"$@\"; exit 7\n");
        return home;
    }

    private Path script(String name, String text) throws IOException {
        Path script = write(directory.resolve(name), "#!/bin/sh\n" + text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private record Result(int status, String output) {}
}
