package dev.paddock.bootstrap.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.bootstrap.cli.Cli;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/** The scripts of the command {@code completion}, in the places where the shells look for them. */
final class Completions {

    private Completions() {}

    static void writeTo(Path share) throws IOException {
        FileTree.write(share.resolve("bash-completion/completions/paddock"), script("bash"));
        FileTree.write(share.resolve("fish/vendor_completions.d/paddock.fish"), script("fish"));
    }

    private static String script(String shell) {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), script, script, TerminalTraits.NONE);
        int status = new Cli(new CliContext(terminal, Map.of(), SessionFactory.ofDefaults())).run("completion", shell);
        if (status != 0) {
            throw new IllegalStateException("no completion for " + shell + ": " + script.toString(UTF_8));
        }
        return script.toString(UTF_8);
    }
}
