package dev.paddock.bootstrap.cli.generation;

import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.generation.GenerationOptions.PromptArgument;
import dev.paddock.domain.model.ModelName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Chats with a model: one prompt, or a conversation at the terminal. */
@Command(
        name = "chat",
        description = "Chats with a model: answers one prompt or, at a terminal and without a prompt, holds a "
                + "conversation.")
public final class ChatCommand extends ConversationCommand {

    @Mixin private final PromptArgument prompt = new PromptArgument();
    @Mixin private final ModelOption model = new ModelOption();

    @Override
    ModelName model(Session session) {
        return model.choose(context(), session, ModelOption.COMPLETION);
    }

    @Override
    @Nullable String prompt() {
        return prompt.read(terminal());
    }
}
