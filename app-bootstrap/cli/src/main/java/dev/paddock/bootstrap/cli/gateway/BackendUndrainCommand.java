package dev.paddock.bootstrap.cli.gateway;

import picocli.CommandLine.Command;

/** Lets calls pass again to a model server behind a gateway. */
@Command(name = "undrain", description = "Lets calls pass again to a drained model server. The gateway needs --admin.")
public final class BackendUndrainCommand extends BackendChangeCommand {

    /** Creates the command. */
    public BackendUndrainCommand() {
        super("undrain", "gets calls again");
    }
}
