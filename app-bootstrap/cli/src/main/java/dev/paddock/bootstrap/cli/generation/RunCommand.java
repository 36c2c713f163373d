package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.generation.GenerationOptions.PromptArgument;
import dev.paddock.domain.model.ModelName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Chats with the model that the first argument names. */
@Command(name = "run", description = "Chats with a model, like 'chat -m MODEL': answers one prompt or, at a terminal and without a "
        + "prompt, holds a conversation.")
public final class RunCommand extends ConversationCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model, for example llama3.2.")
    private @Nullable ModelName model;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "PROMPT", description = PromptArgument.DESCRIPTION)
    private List<String> words = new ArrayList<>();

    @Override
    ModelName model(Session session) {
        return requireNonNull(model, "model");
    }

    @Override
    @Nullable String prompt() {
        return PromptArgument.read(terminal(), words);
    }
}
