package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.ResponseStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prints answers: the text to the output, the reasoning to the error stream; with {@code --json} everything to the
 * output.
 */
final class AnswerPrinter {

    private final Terminal terminal;
    private final boolean json;

    AnswerPrinter(Terminal terminal, CommonOptions common) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.json = common.json();
    }

    /** Prints a complete answer. */
    void print(AnswerChunk answer) {
        if (json) {
            terminal.result(answer.toJson());
            return;
        }
        printThinking(answer.thinking());
        if (answer.thinking() != null) {
            terminal.note("");
        }
        terminal.write(withNewline(answer.text()));
    }

    /** Prints an answer as it comes, to its end, and returns its text. Closes the stream. */
    <T> String print(ResponseStream<T> stream, Function<T, AnswerChunk> toPiece) {
        StringBuilder text = new StringBuilder();
        try (stream) {
            boolean thinking = false;
            while (stream.hasNext()) {
                AnswerChunk piece = toPiece.apply(stream.next());
                text.append(piece.text());
                thinking = print(piece, thinking);
            }
        } finally {
            // What was printed stays on its line, whatever comes next.
            if (!json && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                terminal.out().print('\n');
                terminal.out().flush();
            }
        }
        return text.toString();
    }

    private boolean print(AnswerChunk piece, boolean thinkingBefore) {
        if (json) {
            terminal.result(piece.toJson());
            return false;
        }
        printThinking(piece.thinking());
        if (piece.text().isEmpty()) {
            return thinkingBefore || piece.thinking() != null;
        }
        if (thinkingBefore) {
            terminal.note("");
        }
        terminal.write(piece.text());
        return false;
    }

    private void printThinking(@Nullable String thinking) {
        if (thinking != null) {
            terminal.hint(thinking, Style.DIM);
        }
    }

    private static String withNewline(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }
}
