package dev.paddock.bootstrap.cli.models;

import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ModelOption.ModelArgument;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.domain.model.ModelName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes a model from the server. */
@Command(name = "delete", aliases = "rm", description = "Deletes a model from the server.")
public final class DeleteCommand extends ServerCommand {

    @Mixin private final ModelArgument model = new ModelArgument();

    @Override
    protected ExitStatus run() {
        ModelName name = model.required();
        inSession(session -> {
            session.models().delete(name, session.newCall());
            return true;
        });
        if (common().json()) {
            terminal().result(new JsonObjectBuilder().put("model", name.value()).put("deleted", true).toJson());
        } else {
            terminal().note("Deleted " + name + ".");
        }
        return ExitStatus.OK;
    }
}
