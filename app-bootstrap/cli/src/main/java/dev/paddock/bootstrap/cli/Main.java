package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.command.Version;
import dev.paddock.bootstrap.cli.terminal.Terminal;

/** The entry point of the process: runs one command and exits with its status. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name. */
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            // Scripts call it often: it loads neither the parser nor, as an exit does, the log.
            terminal.result(Version.text());
            return;
        }
        Cli cli = new Cli(new CliContext(terminal, System.getenv(), SessionFactory.ofProcess()));
        // Exits instead of returning, so that no thread of a library can keep a finished command alive.
        System.exit(cli.run(arguments));
    }
}
