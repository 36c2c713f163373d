package dev.paddock.bootstrap.cli.gateway;

import dev.paddock.bootstrap.cli.command.CliCommand;
import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes an API key. */
@Command(
        name = "revoke",
        description = "Removes an API key. A running gateway refuses its next requests; those in progress go on.")
public final class KeyRevokeCommand extends CliCommand {

    @Parameters(paramLabel = "NAME", description = "The name of the key, as 'paddock keys list' shows it.")
    private String name = "";

    @Mixin private final KeyFileOptions file = new KeyFileOptions();

    @Override
    protected ExitStatus run() {
        if (!file.with(context(), keys -> keys.remove(name))) {
            throw new CommandFailedException("there is no key with the name " + name, "'paddock keys list' shows all names.");
        }
        terminal().result(common().json() ? new JsonObjectBuilder().put("revoked", name).toJson() : name + " is revoked");
        return ExitStatus.OK;
    }
}
