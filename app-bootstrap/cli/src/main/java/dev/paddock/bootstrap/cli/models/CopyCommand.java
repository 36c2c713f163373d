package dev.paddock.bootstrap.cli.models;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.domain.model.ModelName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a model on the server a second name. */
@Command(name = "copy", aliases = "cp", description = "Gives a model on the server a second name.")
public final class CopyCommand extends ServerCommand {

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The model.")
    private @Nullable ModelName source;

    @Parameters(index = "1", paramLabel = "DESTINATION", description = "Its second name.")
    private @Nullable ModelName destination;

    @Override
    protected ExitStatus run() {
        ModelName from = requireNonNull(source, "source");
        ModelName to = requireNonNull(destination, "destination");
        inSession(session -> {
            session.models().copy(from, to, session.newCall());
            return true;
        });
        if (common().json()) {
            terminal().result(new JsonObjectBuilder().put("source", from.value()).put("destination", to.value()).toJson());
        } else {
            terminal().note("Copied " + from + " to " + to + ".");
        }
        return ExitStatus.OK;
    }
}
