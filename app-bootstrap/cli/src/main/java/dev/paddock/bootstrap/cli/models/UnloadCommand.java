package dev.paddock.bootstrap.cli.models;

import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.command.ModelOption.ModelArgument;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets the server release the memory of a model. */
@Command(name = "unload", aliases = "stop", description = "Lets the server unload a model, as 'ollama stop' does.")
public final class UnloadCommand extends ServerCommand {

    @Mixin private final ModelArgument model = new ModelArgument();

    @Override
    protected ExitStatus run() {
        ModelName name = model.required();
        // Without a prompt the server only loads a model, or unloads it when it is kept for no time.
        GenerateRequest unloading = GenerateRequest.of(name.value(), "")
                .withSettings(GenerationSettings.builder().keepAlive(KeepAlive.of(Duration.ZERO)).build());
        inSession(session -> session.llm().generate(unloading, session.newCall()));
        if (common().json()) {
            terminal().result(new JsonObjectBuilder().put("model", name.value()).put("unloaded", true).toJson());
        } else {
            terminal().note("Unloaded " + name + ".");
        }
        return ExitStatus.OK;
    }
}
