package dev.paddock.bootstrap.cli;

/** The entry point of the process: runs one command and exits with its status. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name. */
    public static void main(String[] arguments) {
        Cli cli = new Cli(new CliContext(Terminal.ofProcess(), System.getenv(), PaddockSessions.ofProcess()));
        // Exits rather than returns, so that no thread of a library can keep a finished command alive.
        System.exit(cli.run(arguments));
    }
}
