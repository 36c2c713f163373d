package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.bench.BenchCommand;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.CliCommand.RootCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.VersionProvider;
import dev.paddock.bootstrap.cli.demo.DemoCommand;
import dev.paddock.bootstrap.cli.gateway.BackendsCommand;
import dev.paddock.bootstrap.cli.gateway.CacheCommand;
import dev.paddock.bootstrap.cli.gateway.PoolCommand;
import dev.paddock.bootstrap.cli.gateway.ServeCommand;
import dev.paddock.bootstrap.cli.gateway.SimCommand;
import dev.paddock.bootstrap.cli.generation.ChatCommand;
import dev.paddock.bootstrap.cli.generation.EmbedCommand;
import dev.paddock.bootstrap.cli.generation.GenerateCommand;
import dev.paddock.bootstrap.cli.models.ModelsCommand;
import dev.paddock.bootstrap.cli.models.PsCommand;
import dev.paddock.bootstrap.cli.models.PullCommand;
import dev.paddock.bootstrap.cli.models.ShowCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root of all commands. */
@Command(
        name = "paddock",
        description = "Calls servers that run language models, over pooled connections.",
        mixinStandardHelpOptions = true,
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
            BackendsCommand.class,
            CacheCommand.class,
            SimCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        footerHeading = "%n",
        footer = "'paddock COMMAND --help' explains a command. 'paddock demo' needs no server.")
final class PaddockCommand implements RootCommand, Runnable {

    static final String VERSION = "--version";

    private final CliContext context;

    PaddockCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public CliContext context() {
        return context;
    }

    @Override
    public void run() {
        throw new UsageException("a command is missing");
    }
}
