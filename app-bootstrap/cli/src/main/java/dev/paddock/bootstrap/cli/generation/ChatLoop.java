package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.CommandFailedException;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.FailureReport;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.StreamedAnswer;
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
        boolean isInterrupted = false;
        while (true) {
            try {
                String text = input.next();
                if (text == null) {
                    terminal.note("");
                    return;
                }
                isInterrupted = false;
                if (!handle(text, session, printer)) {
                    return;
                }
            } catch (InputInterruptedException discarded) {
                if (isInterrupted && !discarded.hadText()) {
                    return;
                }
                isInterrupted = true;
                terminal.note("Ctrl-C again, or Ctrl-D, ends the chat.");
            }
        }
    }

    /** Returns whether the conversation goes on. Ctrl-C stops what is in progress. */
    private boolean handle(String text, Session session, AnswerPrinter printer) {
        Cancellation stop = Cancellation.create();
        Cancellation.Registration withSession = session.cancellation().onCancel(stop::cancel);
        ChatInput.Interruptible interruptible = input.interruptible(stop);
        try {
            Session stoppable = session.withCalls(stop, session.timeout());
            if (text.startsWith("/")) {
                String command = text.strip();
                boolean goesOn = new SlashCommands(terminal, conversation, stoppable).run(command);
                if (command.startsWith(SlashCommands.RESULT) && conversation.openCall() == null) {
                    answer(stoppable, null, printer);
                }
                return goesOn;
            }
            if (!text.isBlank()) {
                answer(stoppable, Message.user(ChatInput.text(text)), printer);
            }
        } catch (UsageException | CommandFailedException wrong) {
            terminal.note(String.valueOf(wrong.getMessage()));
        } catch (LlmException failed) {
            if (session.cancellation().isCancelled()) {
                throw failed;
            }
            if (stop.isCancelled()) {
                terminal.note("Stopped.");
            } else {
                // A failed answer does not end the conversation.
                FailureReport.forArguments(terminal).print(failed);
            }
        } finally {
            interruptible.close();
            withSession.close();
        }
        return true;
    }

    /** Asks and shows the answer. One that is stopped stays in the conversation as far as it came. */
    private void answer(Session stoppable, @Nullable Message question, AnswerPrinter printer) {
        StreamedAnswer answer = new StreamedAnswer();
        try {
            printer.print(
                    () -> stoppable.llm().chatStream(conversation.request(question), stoppable.newCall()),
                    AnswerPrinter.AnswerChunk::of,
                    answer);
        } catch (LlmException failed) {
            if (stoppable.cancellation().isCancelled() && !answer.isEmpty()) {
                conversation.add(question, answer.toMessage());
            }
            throw failed;
        }
        conversation.add(question, answer.toMessage());
        if (conversation.openCall() != null) {
            terminal.note(SlashCommands.RESULT + " TEXT gives the model the result.");
        }
    }
}
