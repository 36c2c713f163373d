package dev.paddock.bootstrap.cli.generation;

import dev.paddock.bootstrap.cli.command.UsageException;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The words of a prompt; the word {@code -} stands for the standard input. */
final class PromptArgument {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "PROMPT",
            arity = "0..*",
            description = "The words of the prompt; '-' stands for standard input, which is also read when there is "
                    + "no prompt and no terminal.")
    private List<String> words = new ArrayList<>();

    /** Returns the prompt, or null when none was given and the input is a terminal. */
    @Nullable String read(Terminal terminal) {
        if (words.isEmpty()) {
            return terminal.traits().input() ? null : required(terminal.readAll());
        }
        List<String> parts = new ArrayList<>();
        for (String word : words) {
            parts.add(word.equals(STANDARD_INPUT) ? terminal.readAll() : word);
        }
        return String.join(" ", parts);
    }

    /** Returns the prompt; a missing prompt is wrong usage. */
    String readRequired(Terminal terminal) {
        String prompt = read(terminal);
        return required(prompt == null ? "" : prompt);
    }

    private static String required(String prompt) {
        if (prompt.isBlank()) {
            throw new UsageException("there is no prompt: give one as an argument or on standard input");
        }
        return prompt;
    }
}
