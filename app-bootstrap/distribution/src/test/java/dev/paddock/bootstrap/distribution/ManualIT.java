package dev.paddock.bootstrap.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.bootstrap.cli.Cli;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The manual pages, the completions of the shells and the unit of systemd, as those programs read them. Skipped where they are not installed. */
@Timeout(120)
class ManualIT {

    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void unpack() throws Exception {
        home = Installation.unpack("paddock-" + Installation.VERSION + ".tar.gz", directory).home();
    }

    @Test
    void pages_ofAllCommands_nameTheirOptions() throws Exception {
        assertPages(Cli.commands());
    }

    private void assertPages(CommandLine command) throws IOException {
        String page = Files.readString(home.resolve("share/man/man1/" + command.getCommandSpec().qualifiedName("-") + ".1")).replace("\\-", "-");
        assertThat(page).contains(".TH \"" + command.getCommandSpec().qualifiedName("-").toUpperCase(Locale.ROOT) + "\" \"1\" \"");
        command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> assertThat(page).containsPattern("--(?:\\[no-])?" + option.longestName().replaceFirst("^--(?:no-)?", "")));
        for (CommandLine below : command.getSubcommands().values()) {
            assertPages(below);
        }
    }

    @Test
    void man_programsOnThePath_findsThePage() throws Exception {
        String man = installed("man");

        String page = shell(man, "paddock-serve");

        assertThat(page).contains("NAME", "SYNOPSIS", "--single-flight", "Paddock " + Installation.VERSION);
        assertThat(shell(man, "--warnings", "-l", home.resolve("share/man/man1/paddock.1").toString())).doesNotContain("warning");
    }

    @Test
    void bash_word_isCompleted() throws Exception {
        String script = "source '" + home.resolve("share/bash-completion/completions/paddock")
                + "'; COMP_WORDS=(paddock ben); COMP_CWORD=1; COMP_LINE='paddock ben'; _complete_paddock 2>/dev/null; echo ${COMPREPLY[@]}";

        assertThat(shell(installed("bash"), "-c", script).strip()).isEqualTo("bench");
    }

    @Test
    void zsh_functionOnItsPath_isTheCompletion() throws Exception {
        String script = "fpath=('" + home.resolve("share/zsh/site-functions") + "' $fpath); autoload -U compinit && compinit -u -D; "
                + "print -r -- first=${_comps[paddock]}; _bash_complete() { print -r -- completed by $4 }; _paddock; print -r -- ${+functions[_complete_paddock]}";

        assertThat(shell(installed("zsh"), "-f", "-c", script)).contains("first=_paddock", "1");
    }

    @Test
    void fish_word_isCompleted() throws Exception {
        String script = "source '" + home.resolve("share/fish/vendor_completions.d/paddock.fish") + "'; complete -C 'paddock ben'";

        assertThat(shell(installed("fish"), "-N", "-c", script)).startsWith("bench");
    }

    @Test
    void systemd_unit_isValid() throws Exception {
        String verify = installed("systemd-analyze");
        Path unit = directory.resolve("paddock.service");
        Path link = Files.createSymbolicLink(directory.resolve("opt"), home);
        Files.writeString(unit, Files.readString(home.resolve("deploy/systemd/paddock.service")).replace("/opt/paddock", link.toString()));

        assertThat(shell(verify, "verify", "--man=no", unit.toString()).lines().filter(line -> line.contains("paddock.service"))).isEmpty();
    }

    private static String installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(part -> new File(part, program))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst()
                .orElseGet(() -> {
                    assumeTrue(false, "skipped: " + program + " is not installed");
                    return "";
                });
    }

    /** Runs a program with the launcher on its PATH, and returns what it printed. */
    private String shell(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", home.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        builder.environment().putAll(Map.of("MANWIDTH", "100", "MANPAGER", "cat", "LC_ALL", "C.UTF-8", "HOME", directory.toString()));
        builder.environment().remove("MANPATH");
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
