package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Talks with a model: one question, or a conversation at the terminal. */
@Command(
        name = "chat",
        description = "Talks with a model: answers one prompt or, at a terminal and without a prompt, holds a "
                + "conversation.")
final class ChatCommand implements Callable<Integer> {

    @Mixin private final PromptArgument prompt = new PromptArgument();
    @Mixin private final ModelOption model = new ModelOption();
    @Mixin private final GenerationOptions generation = new GenerationOptions();
    @Mixin private final StreamOption stream = new StreamOption();
    @Mixin private final ServerOptions server = new ServerOptions();
    @Mixin private final CommonOptions common = new CommonOptions();

    private final CliContext context;

    ChatCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        GenerationSettings settings = generation.settings();
        List<Message> opening = opening();
        Message question = question();
        return new SessionRunner(context.sessions()).run(server, session -> {
            ChatConversation conversation = new ChatConversation(
                    new ModelChoice(context, ModelChoice.COMPLETION).choose(session, model), settings, opening);
            if (question == null) {
                new ChatLoop(context.terminal(), conversation).run(session, common);
            } else {
                answer(session, conversation, question);
            }
            return ExitStatus.OK.code();
        });
    }

    private void answer(ActiveSession session, ChatConversation conversation, Message question) {
        AnswerPrinter printer = new AnswerPrinter(context.terminal(), common);
        if (stream.isStreaming(common)) {
            conversation.ask(session, question, printer);
            return;
        }
        printer.print(AnswerChunk.of(session.llm().chat(conversation.request(question), session.newCall())));
    }

    private List<Message> opening() {
        List<Message> messages = new ArrayList<>();
        if (generation.system() != null) {
            messages.add(Message.system(generation.system()));
        }
        return messages;
    }

    private @Nullable Message question() {
        String text = prompt.read(context.terminal());
        return text == null ? null : Message.user(text).withImages(generation.images());
    }
}
