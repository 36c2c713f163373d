package dev.paddock.bootstrap.cli.command;

import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** A command that calls a model server. */
public abstract class ServerCommand extends CliCommand {

    @Mixin private final ServerOptions server = new ServerOptions();

    /** Runs a task in a session with the server that the options name. */
    protected final <T> T inSession(Function<Session, T> task) {
        return context().sessions().run(server.overrides(), server.timeout(), task);
    }
}
