package dev.paddock.bootstrap.cli.gateway;

import picocli.CommandLine.Command;

/** Keeps further calls from a model server behind a gateway. */
@Command(name = "cordon", description = "Keeps further calls from a model server, and returns at once. The gateway needs --admin.")
public final class BackendCordonCommand extends BackendChangeCommand {

    /** Creates the command. */
    public BackendCordonCommand() {
        super("drain", "is cordoned");
    }
}
