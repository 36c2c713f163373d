package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.generation.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A conversation at the terminal: reads a line, shows the answer, until the person has had enough. */
final class ChatLoop {

    private final Terminal terminal;
    private final ChatConversation conversation;
    private final BufferedReader lines;

    ChatLoop(Terminal terminal, ChatConversation conversation) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.conversation = requireNonNull(conversation, "conversation");
        this.lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }

    void run(ActiveSession session, CommonOptions common) {
        terminal.hint("Talking with " + conversation.model(), Style.BOLD);
        terminal.note(". /bye or Ctrl-D ends it, /clear starts afresh, Ctrl-C breaks off.");
        AnswerPrinter printer = new AnswerPrinter(terminal, common);
        for (String line = nextLine(); line != null; line = nextLine()) {
            switch (line.strip()) {
                case "" -> { }
                case "/bye", "/exit", "/quit" -> {
                    return;
                }
                case "/clear" -> {
                    conversation.forget();
                    terminal.note("Forgotten.");
                }
                case "/?", "/help" -> terminal.note("/bye ends the conversation, /clear starts afresh.");
                default -> ask(session, line, printer);
            }
        }
        terminal.note("");
    }

    private void ask(ActiveSession session, String line, AnswerPrinter printer) {
        try {
            conversation.ask(session, Message.user(line), printer);
        } catch (LlmException failed) {
            if (failed.kind() == ErrorKind.CANCELLED) {
                throw failed;
            }
            // One failed answer is no reason to leave the conversation.
            FailureReport.forArguments(terminal).print(failed);
        }
    }

    private @Nullable String nextLine() {
        terminal.hint(">>> ", Style.BOLD);
        try {
            return lines.readLine();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
