package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.Session;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.config.source.SpellingSuggestion;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.generation.ToolCall;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands that a conversation understands beside questions. Each begins with a slash. */
final class SlashCommands {

    /** Gives the result of a tool that the model has called; when all have one, the model answers. */
    static final String RESULT = "/result";

    static final List<String> NAMES =
            List.of("/help", "/bye", "/clear", "/set", "/show", "/system", "/model", RESULT, "/save", "/load", "/exit", "/quit", "/?");

    private static final List<String> HELP = List.of(
            "/set                 shows the options of the model",
            "/set NAME [VALUE]    sets one, such as temperature 0; without a value removes it",
            "/system [TEXT]       shows or sets the system prompt; /system \"\" removes it",
            "/model [NAME]        shows or changes the model; the conversation goes on",
            "/result TEXT         gives the model the result of the tool that it calls; without a text asks again after a failure",
            "/show                shows what the server says about the model",
            "/save FILE           writes the conversation into a file",
            "/load FILE           continues the conversation of a file",
            "/clear               forgets the conversation",
            "/bye                 ends the chat, as do Ctrl-D and Ctrl-C twice",
            "Ctrl-C stops an answer. \"\"\" begins and ends a question of several lines.");

    private final Terminal terminal;
    private final ChatConversation conversation;
    private final Session session;

    SlashCommands(Terminal terminal, ChatConversation conversation, Session session) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.conversation = requireNonNull(conversation, "conversation");
        this.session = requireNonNull(session, "session");
    }

    /**
     * Runs a command and returns whether the conversation goes on.
     *
     * @throws UsageException if there is no such command, or its argument is wrong
     */
    boolean run(String line) {
        int blank = line.indexOf(' ');
        String name = blank < 0 ? line : line.substring(0, blank);
        String argument = blank < 0 ? "" : line.substring(blank).strip();
        switch (name) {
            case "/bye", "/exit", "/quit" -> {
                return false;
            }
            case "/clear" -> {
                conversation.replaceTurns(List.of());
                terminal.note("Cleared.");
            }
            case "/help", "/?" -> HELP.forEach(terminal::note);
            case RESULT -> result(argument);
            case "/set" -> set(argument);
            case "/show" -> show();
            case "/system" -> system(argument);
            case "/model" -> model(argument);
            case "/save" -> {
                ConversationFile.save(conversation, file(argument, name));
                terminal.note("Saved.");
            }
            case "/load" -> {
                ConversationFile.load(conversation, file(argument, name));
                terminal.note("Loaded " + conversation.turns().size() + " messages; the model is " + conversation.model() + ".");
            }
            default -> throw unknown(name);
        }
        return true;
    }

    private static UsageException unknown(String name) {
        String nearest = SpellingSuggestion.nearest(name, NAMES);
        return new UsageException("There is no command " + name + (nearest == null ? "." : "; did you mean " + nearest + "?")
                + " /help lists the commands; a question that begins with a slash needs a blank before it.");
    }

    private void set(String argument) {
        if (argument.isEmpty()) {
            Map<String, @Nullable Object> options = conversation.options().values();
            terminal.note(options.isEmpty() ? "No option is set; the model has its own." : PlainJson.toText(options));
            return;
        }
        int blank = argument.indexOf(' ');
        String name = blank < 0 ? argument : argument.substring(0, blank);
        if (blank < 0) {
            conversation.setOptions(conversation.options().without(name));
            terminal.note(name + " is not set.");
            return;
        }
        Object value = GenerationOptions.optionValue(name, argument.substring(blank).strip());
        conversation.setOptions(conversation.options().with(name, value));
        terminal.note(name + " is " + PlainJson.toText(value) + ".");
    }

    private void result(String argument) {
        ToolCall open = conversation.openCall();
        if (open == null && argument.isEmpty() && conversation.awaitsAnswer()) {
            return; // the answer to the results has failed, and is asked for again
        }
        if (open == null) {
            throw new UsageException("The model has called no tool that has no result yet");
        }
        conversation.addResult(open, argument);
        ToolCall next = conversation.openCall();
        if (next != null) {
            terminal.note("The tool " + next.name() + " has no result yet.");
        }
    }

    private void show() {
        ModelDetails details = session.models().show(conversation.model(), session.newCall());
        terminal.note(conversation.model() + ": family " + details.traits().family() + ", " + details.traits().parameterSize() + " parameters, "
                + details.traits().quantization() + "; can: " + String.join(", ", details.capabilities()));
        terminal.note(conversation.turns().size() + " messages so far.");
    }

    private void system(String argument) {
        if (argument.isEmpty()) {
            terminal.note(conversation.system() == null ? "The system prompt is that of the model." : String.valueOf(conversation.system()));
            return;
        }
        boolean isQuoted = argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
        conversation.setSystem(isQuoted ? argument.substring(1, argument.length() - 1) : argument);
        terminal.note("The system prompt is set.");
    }

    private void model(String argument) {
        if (!argument.isEmpty()) {
            ModelName name;
            try {
                name = new ModelName(argument);
            } catch (InvalidRequestException invalid) {
                throw new UsageException(String.valueOf(invalid.getMessage()));
            }
            session.models().show(name, session.newCall());
            conversation.setModel(name);
        }
        terminal.note("The model is " + conversation.model() + ".");
    }

    private static Path file(String argument, String command) {
        if (argument.isEmpty()) {
            throw new UsageException(command + " needs the name of a file");
        }
        try {
            return Path.of(argument);
        } catch (InvalidPathException invalid) {
            throw new UsageException(argument + " is no name of a file");
        }
    }
}
