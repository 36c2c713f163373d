package dev.paddock.bootstrap.cli.generation;

import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.CommonOptions.StreamOption;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.ServerCommand;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.AnswerChunk;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.StreamedAnswer;
import dev.paddock.bootstrap.cli.generation.ChatInput.PlainInput;
import dev.paddock.bootstrap.cli.terminal.Terminal.Style;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.Tool;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that chats with a model: one prompt, or a conversation at the terminal. */
abstract class ConversationCommand extends ServerCommand {

    @Mixin private final GenerationOptions generation = new GenerationOptions();
    @Mixin private final StreamOption stream = new StreamOption();

    @Option(
            names = "--tools",
            paramLabel = "FILE",
            description = "The tools that the model may call, a JSON list as in the API of the server. The calls are shown, not made.")
    private @Nullable Path tools;

    @Option(
            names = "--history",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Keep what is typed in a conversation for the next one (default), or not.")
    private boolean history;

    /** Returns the model to chat with. */
    abstract ModelName model(Session session);

    /** Returns the only prompt, or null for a conversation. */
    abstract @Nullable String prompt();

    @Override
    protected final ExitStatus run() {
        GenerationSettings settings = generation.settings();
        List<Tool> allowed = tools == null ? List.of() : ToolFile.read(tools);
        Message question = question();
        return inSession(session -> {
            ChatConversation conversation = new ChatConversation(model(session), settings, generation.system(), allowed);
            AnswerPrinter printer = new AnswerPrinter(terminal(), common());
            if (question == null) {
                converse(session, conversation, printer);
            } else {
                answer(session, conversation.request(question), printer);
            }
            return ExitStatus.OK;
        });
    }

    private void converse(Session session, ChatConversation conversation, AnswerPrinter printer) {
        try (ChatInput input = terminal().isInteractive()
                ? EditedInput.open(
                        terminal().traits().colour(), SlashCommands.NAMES, ChatHistory.of(context().environment(), history))
                : new PlainInput(terminal().in(), () -> terminal().hint(">>> ", Style.BOLD))) {
            new ChatLoop(terminal(), conversation, input).run(session, printer);
        }
    }

    private void answer(Session session, ChatRequest request, AnswerPrinter printer) {
        if (stream.isStreaming(common())) {
            printer.print(() -> session.llm().chatStream(request, session.newCall()), AnswerChunk::of, new StreamedAnswer());
        } else {
            printer.print(() -> AnswerChunk.of(session.llm().chat(request, session.newCall())));
        }
    }

    private @Nullable Message question() {
        String text = prompt();
        if (text == null) {
            if (!generation.images().isEmpty()) {
                throw new UsageException("--image needs a prompt, which a conversation does not have");
            }
            return null;
        }
        return Message.user(text).withImages(generation.images());
    }
}
