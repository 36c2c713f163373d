package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

    @TempDir private Path directory;

    @Test
    void bash_beginningsOfWords_areCompleted() throws Exception {
        Path script = script("bash");

        assertThat(complete("bash", script, "paddock", "ben")).isEqualTo("bench");
        assertThat(complete("bash", script, "paddock", "generate", "--keyboard")).isEqualTo("");
        assertThat(complete("bash", script, "paddock", "generate", "--keep")).isEqualTo("--keep-alive");
        assertThat(complete("bash", script, "paddock", "backends", "dr")).isEqualTo("drain");
    }

    @Test
    void zsh_beginningsOfWordsAndTheTabKey_areCompleted() throws Exception {
        Path script = script("zsh");

        assertThat(typed(script, "paddock ben", "*paddock bench*")).contains("paddock bench");
        assertThat(typed(script, "paddock generate --keep", "*--keep-alive*")).contains("--keep-alive");
    }

    /** Types a text and the tab key into a shell of zsh, and returns what its terminal shows until that matches a pattern, or for 30 seconds. */
    private String typed(Path script, String text, String until) throws Exception {
        Path typing = Files.writeString(directory.resolve("typing"), """
                zmodload zsh/zpty
                zpty typed "PS1='> ' zsh -f -i"
                zpty -w typed "autoload -U compinit && compinit -u -D && source %s; echo REA''DY"
                zpty -r typed shown '*READY*'
                zpty -n -w typed $'%s\t'
                zpty -r typed shown '%s'
                print -r -- "$shown"
                """.formatted(script, text, until));
        assumeTrue(isInstalled("zsh"), "zsh is not installed");
        return shell("timeout", "30", "zsh", "-f", typing.toString());
    }

    @Test
    void fish_beginningsOfWords_areCompleted() throws Exception {
        Path script = script("fish");

        assertThat(Files.readString(script)).contains("-a bench").contains("-l keep-alive").doesNotContain("%n");
        assertThat(shell("fish", "-N", "-c", "source " + script + "; complete -C 'paddock ben'")).startsWith("bench");
    }

    @Test
    void anyOtherShell_isWrongUsage() {
        assertThat(CliRun.of("completion", "tcsh").status()).isEqualTo(2);
    }

    private Path script(String shell) throws IOException {
        CliRun run = CliRun.of("completion", shell);
        assertThat(run.status()).as(run.err()).isZero();
        return Files.writeString(directory.resolve("completion"), run.out());
    }

    private static String complete(String shell, Path script, String... words) throws Exception {
        String line = "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE='" + String.join(" ", words) + "'; _complete_paddock 2> /dev/null; echo ${COMPREPLY[@]}";
        return shell(shell, "-c", line);
    }

    /** Returns the output of a shell; the test is skipped where there is none. */
    private static String shell(String... command) throws Exception {
        assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    }

    private static boolean isInstalled(String program) throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    }
}
