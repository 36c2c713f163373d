package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.bench.BenchCommand;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.CliCommand.RootCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.VersionProvider;
import dev.paddock.bootstrap.cli.demo.DemoCommand;
import dev.paddock.bootstrap.cli.documents.IndexCommand;
import dev.paddock.bootstrap.cli.gateway.AskCommand;
import dev.paddock.bootstrap.cli.gateway.BackendsCommand;
import dev.paddock.bootstrap.cli.gateway.CacheCommand;
import dev.paddock.bootstrap.cli.gateway.KeysCommand;
import dev.paddock.bootstrap.cli.gateway.PoolCommand;
import dev.paddock.bootstrap.cli.gateway.ServeCommand;
import dev.paddock.bootstrap.cli.gateway.SimCommand;
import dev.paddock.bootstrap.cli.gateway.TopCommand;
import dev.paddock.bootstrap.cli.generation.ChatCommand;
import dev.paddock.bootstrap.cli.generation.EmbedCommand;
import dev.paddock.bootstrap.cli.generation.GenerateCommand;
import dev.paddock.bootstrap.cli.generation.RunCommand;
import dev.paddock.bootstrap.cli.models.CopyCommand;
import dev.paddock.bootstrap.cli.models.DeleteCommand;
import dev.paddock.bootstrap.cli.models.ModelsCommand;
import dev.paddock.bootstrap.cli.models.PsCommand;
import dev.paddock.bootstrap.cli.models.PullCommand;
import dev.paddock.bootstrap.cli.models.ShowCommand;
import dev.paddock.bootstrap.cli.models.UnloadCommand;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The root of all commands. */
@Command(
        name = "paddock",
        description = "Calls servers that run language models, over pooled connections.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = "'paddock COMMAND --help' explains a command. 'paddock demo' needs no server.")
final class PaddockCommand implements RootCommand, Callable<Integer> {

    /** All commands, in the order of the help. A type is named for its command: ChatCommand is 'chat'. */
    private static final List<Class<?>> COMMANDS = List.of(
            ChatCommand.class,
            RunCommand.class,
            GenerateCommand.class,
            EmbedCommand.class,
            AskCommand.class,
            ModelsCommand.class,
            PsCommand.class,
            ShowCommand.class,
            PullCommand.class,
            CopyCommand.class,
            DeleteCommand.class,
            UnloadCommand.class,
            IndexCommand.class,
            ServeCommand.class,
            TopCommand.class,
            PoolCommand.class,
            BackendsCommand.class,
            CacheCommand.class,
            KeysCommand.class,
            SimCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            ConfigCommand.class,
            CompletionCommand.class);

    /** What users of Ollama's command line type. */
    private static final Map<String, String> ALIASES =
            Map.of("list", "models", "ls", "models", "cp", "copy", "rm", "delete", "stop", "unload");

    private final CliContext context;

    PaddockCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /**
     * Returns the parser of a command line. The model of a command is made by reflection, which takes longer than most commands: the
     * parser knows only the command that the first argument names, and all if it names none.
     */
    static CommandLine parser(CliContext context, String... arguments) {
        CommandLine parser = new CommandLine(new PaddockCommand(context));
        String first = arguments.length == 0 ? "" : ALIASES.getOrDefault(arguments[0], arguments[0]);
        List<Class<?>> named = Stream.concat(COMMANDS.stream(), Stream.of(TrainCommand.class))
                .filter(command -> name(command).equals(first))
                .toList();
        if (named.isEmpty()) {
            COMMANDS.forEach(parser::addSubcommand);
            parser.addSubcommand(HelpCommand.class);
        } else {
            named.forEach(parser::addSubcommand);
        }
        return parser;
    }

    private static String name(Class<?> command) {
        return command.getSimpleName().replace("Command", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public CliContext context() {
        return context;
    }

    @Override
    public Integer call() {
        context.terminal().note(parser(context).getUsageMessage());
        return ExitStatus.USAGE.code();
    }
}
