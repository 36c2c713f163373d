package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.FailureReport;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.generation.AnswerPrinter.AnswerChunk;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.Terminal.Style;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation at the terminal: reads lines and shows the answers until the input ends. */
final class ChatLoop {

    private final Terminal terminal;
    private final ChatConversation conversation;
    private final BufferedReader lines;

    ChatLoop(Terminal terminal, ChatConversation conversation) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.conversation = requireNonNull(conversation, "conversation");
        this.lines = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }

    void run(Session session, AnswerPrinter printer) {
        terminal.hint("Chat with " + conversation.model(), Style.BOLD);
        terminal.note(". /bye or Ctrl-D ends the chat, /clear starts a new one, Ctrl-C cancels.");
        for (String line = nextLine(); line != null; line = nextLine()) {
            switch (line.strip()) {
                case "" -> { }
                case "/bye", "/exit", "/quit" -> {
                    return;
                }
                case "/clear" -> {
                    conversation.clear();
                    terminal.note("Cleared.");
                }
                case "/?", "/help" -> terminal.note("/bye ends the chat, /clear starts a new one.");
                default -> answer(session, line, printer);
            }
        }
        terminal.note("");
    }

    private void answer(Session session, String line, AnswerPrinter printer) {
        try {
            conversation.send(session, Message.user(line), printer);
        } catch (LlmException failed) {
            if (failed.kind() == ErrorKind.CANCELLED) {
                throw failed;
            }
            // A failed answer does not end the conversation.
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

    /** A conversation with a model. A question without an answer is not part of it. Not thread-safe. */
    static final class ChatConversation {

        private final ModelName model;
        private final GenerationSettings settings;
        private final List<Message> opening;
        private final List<Message> turns = new ArrayList<>();

        ChatConversation(ModelName model, GenerationSettings settings, List<Message> opening) {
            this.model = requireNonNull(model, "model");
            this.settings = requireNonNull(settings, "settings");
            this.opening = List.copyOf(opening);
        }

        ModelName model() {
            return model;
        }

        /** Sends a question and prints the answer while it arrives. */
        void send(Session session, Message question, AnswerPrinter printer) {
            String answer = printer.print(
                    session.llm().chatStream(request(question), session.newCall()), AnswerChunk::of);
            turns.add(question);
            turns.add(Message.assistant(answer));
        }

        /** Returns the request for an answer to a question. */
        ChatRequest request(Message question) {
            List<Message> messages = new ArrayList<>(opening);
            messages.addAll(turns);
            messages.add(question);
            return new ChatRequest(model, messages, List.of(), settings);
        }

        /** Clears the conversation, except for the opening. */
        void clear() {
            turns.clear();
        }
    }
}
