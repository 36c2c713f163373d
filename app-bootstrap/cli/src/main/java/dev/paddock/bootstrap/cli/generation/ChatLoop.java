package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.FailureReport;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.generation.ChatInput.InputInterruptedException;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.Terminal.Style;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.model.generation.Message;
import org.jspecify.annotations.Nullable;

/** A conversation at the terminal: reads inputs and shows the answers until the input ends. */
final class ChatLoop {

    private final Terminal terminal;
    private final ChatConversation conversation;
    private final ChatInput input;

    ChatLoop(Terminal terminal, ChatConversation conversation, ChatInput input) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.conversation = requireNonNull(conversation, "conversation");
        this.input = requireNonNull(input, "input");
    }

    void run(Session session, AnswerPrinter printer) {
        terminal.hint("Chat with " + conversation.model(), Style.BOLD);
        terminal.note(". /help lists the commands, /bye or Ctrl-D ends.");
        SlashCommands commands = new SlashCommands(terminal, conversation, session);
        boolean isInterrupted = false;
        while (true) {
            try {
                String text = input.next();
                if (text == null) {
                    terminal.note("");
                    return;
                }
                isInterrupted = false;
                if (!handle(text, commands, session, printer)) {
                    return;
                }
            } catch (InputInterruptedException discarded) {
                if (isInterrupted) {
                    return;
                }
                isInterrupted = true;
                terminal.note("Ctrl-C again, or Ctrl-D, ends the chat.");
            }
        }
    }

    /** Returns whether the conversation goes on. */
    private boolean handle(String text, SlashCommands commands, Session session, AnswerPrinter printer) {
        try {
            if (text.startsWith("/")) {
                return commands.run(text.strip());
            }
            if (!text.isBlank()) {
                answer(session, Message.user(ChatInput.text(text)), printer);
            }
        } catch (UsageException | CommandFailedException wrong) {
            terminal.note(String.valueOf(wrong.getMessage()));
        } catch (LlmException failed) {
            if (session.cancellation().isCancelled()) {
                throw failed;
            }
            // A failed answer does not end the conversation.
            FailureReport.forArguments(terminal).print(failed);
        }
        return true;
    }

    /** Asks and shows the answer. One that is stopped stays in the conversation as far as it came. */
    private void answer(Session session, Message question, AnswerPrinter printer) {
        Cancellation stop = Cancellation.create();
        StringBuilder text = new StringBuilder();
        Cancellation.Registration withSession = session.cancellation().onCancel(stop::cancel);
        ChatInput.Interruptible interruptible = input.interruptible(stop);
        try {
            Session stoppable = session.withCalls(stop, session.timeout());
            printer.print(() -> stoppable.llm().chatStream(conversation.request(question), stoppable.newCall()), AnswerPrinter.AnswerChunk::of, text);
        } catch (LlmException failed) {
            if (!stop.isCancelled() || session.cancellation().isCancelled()) {
                throw failed;
            }
            terminal.note("Stopped.");
            if (text.isEmpty()) {
                return;
            }
        } finally {
            interruptible.close();
            withSession.close();
        }
        conversation.add(question, text.toString());
    }
}
