package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.FailureReport;
import dev.paddock.bootstrap.cli.command.OptionConverters;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command line: parses arguments and runs the command in this process. Used by one thread at a time. */
public final class Cli {

    private static final int NARROWEST_HELP = 80;
    private static final int WIDEST_HELP = 120;
    private static final int NARROWEST_OPTION = 20; // or addresses in descriptions would be broken
    private static final int WIDEST_OPTION = 34;

    private final CliContext context;

    /** Creates a command line with the given environment. */
    public Cli(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** Returns the description of all commands, from which the manual is made. They cannot be run. */
    public static CommandLine commands() {
        Terminal nowhere = new Terminal(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), TerminalTraits.NONE);
        return PaddockCommand.parser(new CliContext(nowhere, Map.of(), SessionFactory.ofDefaults()));
    }

    /** Runs a command and returns the exit status. */
    public int run(String... arguments) {
        Terminal terminal = context.terminal();
        FailureReport report = FailureReport.forArguments(terminal, arguments);
        int helpWidth = Math.clamp(terminal.width(), NARROWEST_HELP, WIDEST_HELP);
        CommandLine commandLine = PaddockCommand.parser(context, arguments)
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(terminal.traits())))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(helpWidth)
                .setUsageHelpLongOptionsMaxWidth(helpWidth == WIDEST_HELP ? WIDEST_OPTION : NARROWEST_OPTION)
                .setParameterExceptionHandler((wrong, ignored) -> report.print(wrong))
                .setExecutionExceptionHandler((failed, command, parsed) -> report.print(failed));
        OptionConverters.register(commandLine);
        int status = commandLine.execute(arguments);
        terminal.flush();
        return status;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, UTF_8);
    }

    private static Ansi ansi(TerminalTraits traits) {
        return traits.output() && traits.colour() ? Ansi.ON : Ansi.OFF;
    }
}
