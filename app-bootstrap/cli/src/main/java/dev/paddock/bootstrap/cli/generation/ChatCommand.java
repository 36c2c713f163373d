package dev.paddock.bootstrap.cli.generation;

import dev.paddock.bootstrap.cli.command.CommonOptions.StreamOption;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.ModelOption;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.AnswerChunk;
import dev.paddock.bootstrap.cli.generation.ChatLoop.ChatConversation;
import dev.paddock.bootstrap.cli.generation.GenerationOptions.PromptArgument;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Chats with a model: one prompt, or a conversation at the terminal. */
@Command(
        name = "chat",
        description = "Chats with a model: answers one prompt or, at a terminal and without a prompt, holds a "
                + "conversation.")
public final class ChatCommand extends ServerCommand {

    @Mixin private final PromptArgument prompt = new PromptArgument();
    @Mixin private final ModelOption model = new ModelOption();
    @Mixin private final GenerationOptions generation = new GenerationOptions();
    @Mixin private final StreamOption stream = new StreamOption();

    @Override
    protected ExitStatus run() {
        GenerationSettings settings = generation.settings();
        List<Message> opening = generation.system() == null ? List.of() : List.of(Message.system(generation.system()));
        Message question = question();
        return inSession(session -> {
            ChatConversation conversation = new ChatConversation(
                    model.choose(context(), session, ModelOption.COMPLETION), settings, opening);
            if (question == null) {
                new ChatLoop(terminal(), conversation).run(session, new AnswerPrinter(terminal(), common()));
            } else {
                answer(session, conversation, question);
            }
            return ExitStatus.OK;
        });
    }

    private void answer(Session session, ChatConversation conversation, Message question) {
        AnswerPrinter printer = new AnswerPrinter(terminal(), common());
        if (stream.isStreaming(common())) {
            conversation.send(session, question, printer);
            return;
        }
        printer.print(AnswerChunk.of(session.llm().chat(conversation.request(question), session.newCall())));
    }

    private @Nullable Message question() {
        String text = prompt.read(terminal());
        return text == null ? null : Message.user(text).withImages(generation.images());
    }
}
