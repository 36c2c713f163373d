package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import picocli.CommandLine.Command;

/** Groups the commands for the API keys of a gateway. */
@Command(
        name = "keys",
        subcommands = {KeyAddCommand.class, KeyListCommand.class, KeyRevokeCommand.class},
        description = "Adds, lists and revokes the API keys of a gateway, of which only hashes are in a file. A running gateway "
                + "uses a change within about a second.")
public final class KeysCommand extends CliCommand {

    @Override
    protected ExitStatus run() {
        throw new UsageException("keys takes one of add, list and revoke");
    }
}
