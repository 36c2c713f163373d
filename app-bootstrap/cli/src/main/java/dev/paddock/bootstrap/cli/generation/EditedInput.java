package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Cancellation;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a person edits at the terminal of the process, with a history. A pasted text of several lines is one input, and so is a block.
 * Answers may be written while no line is edited.
 */
final class EditedInput implements ChatInput {

    private final Terminal terminal;
    private final LineReader reader;
    private final String prompt;
    private final ChatHistory history;

    private EditedInput(Terminal terminal, LineReader reader, String prompt, ChatHistory history) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.reader = requireNonNull(reader, "reader");
        this.prompt = requireNonNull(prompt, "prompt");
        this.history = requireNonNull(history, "history");
    }

    /**
     * Opens the terminal of the process.
     *
     * @param isColoured whether the prompt may have a style
     * @param commands the words that the tab key completes
     */
    static EditedInput open(boolean isColoured, Collection<String> commands, ChatHistory history) {
        try {
            // Java 22 and later reach the terminal by themselves. Before, programs of the system do it, which Ctrl-C stops as well. Results
            // go to the standard output, so lines are edited on the error stream.
            Terminal terminal = TerminalBuilder.builder()
                    .providers("ffm,exec")
                    .systemOutput(TerminalBuilder.SystemOutput.SysErrOrSysOut)
                    .nativeSignals(true)
                    .build();
            // Between two lines there is nothing to stop, so Ctrl-C does nothing there; by default it would end the process.
            terminal.handle(Terminal.Signal.INT, signal -> {});
            LineReaderBuilder builder = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("paddock")
                    .parser(new BlockParser())
                    .completer(new StringsCompleter(commands))
                    .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ")
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
            history.configure(builder);
            String prompt = isColoured ? new AttributedStringBuilder().styled(AttributedStyle.BOLD, ">>> ").toAnsi() : ">>> ";
            return new EditedInput(terminal, builder.build(), prompt, history);
        } catch (IOException noTerminal) {
            throw new UncheckedIOException(noTerminal);
        }
    }

    @Override
    public @Nullable String next() {
        try {
            String line = reader.readLine(prompt);
            history.save(reader.getHistory());
            return line;
        } catch (UserInterruptException discarded) {
            throw new InputInterruptedException(!discarded.getPartialLine().isBlank());
        } catch (IOError stopped) {
            // On Java 21 Ctrl-C may stop the program that changes the mode of the terminal.
            throw new InputInterruptedException(false);
        } catch (EndOfFileException end) {
            return null;
        }
    }

    @Override
    public Interruptible interruptible(Cancellation answer) {
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> answer.cancel());
        return () -> terminal.handle(Terminal.Signal.INT, before);
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException unrestored) {
            throw new UncheckedIOException(unrestored);
        }
    }

    /** Takes a line as it is; an open block needs another line. */
    private static final class BlockParser implements Parser {

        private final DefaultParser words = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && ChatInput.isOpenBlock(line)) {
                throw new EOFError(-1, -1, "the block has not ended");
            }
            return words.parse(line, cursor, context);
        }
    }
}
