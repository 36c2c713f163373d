package dev.paddock.bootstrap.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/** The command that all others are part of. */
@Command(
        name = "paddock",
        description = "Talks to servers that run language models, over connections that are kept.",
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ChatCommand.class,
            GenerateCommand.class,
            EmbedCommand.class,
            ModelsCommand.class,
            PsCommand.class,
            ShowCommand.class,
            PullCommand.class,
            ServeCommand.class,
            PoolCommand.class,
            SimCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        footerHeading = "%n",
        footer = "'paddock COMMAND --help' explains a command. 'paddock demo' needs no server.")
final class PaddockCommand implements Runnable {

    static final String VERSION = "--version";

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = VERSION, versionHelp = true, description = "Show the version.")
    private boolean version;

    @Override
    public void run() {
        throw new UsageException("a command is missing");
    }

    boolean help() {
        return help;
    }

    boolean version() {
        return version;
    }
}
