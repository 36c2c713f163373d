package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Prints a script that lets a shell complete commands and options: source <(paddock completion bash), the same for zsh, "
                + "or paddock completion fish | source.")
final class CompletionCommand extends CliCommand {

    private static final String NAME = "paddock";

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    @Override
    protected ExitStatus run() {
        CommandLine commands = PaddockCommand.parser(context());
        terminal().write(switch (shell) {
            // The script of the library turns on what zsh needs to read it.
            case BASH, ZSH -> AutoComplete.bash(NAME, commands);
            case FISH -> FishCompletion.script(NAME, commands);
        });
        return ExitStatus.OK;
    }

    private enum Shell {
        BASH,
        ZSH,
        FISH
    }
}
