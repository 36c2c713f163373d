package dev.paddock.bootstrap.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The standard streams of a command. Only results go to the output; messages for the user go to the error stream. Text is UTF-8
 * whatever the locale is. Control characters are replaced before text reaches a terminal, because models and servers must not be
 * able to control it. Thread-safe as far as its streams are.
 */
public final class Terminal {

    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";
    private static final int ESCAPE_LIMIT = ' ';
    private static final int DELETE = 0x7f;
    private static final int LAST_C1_CONTROL = 0x9f;

    private final InputStream in;
    private final PrintStream out;
    private final RememberingOutput output;
    private final PrintStream err;
    private final TerminalTraits traits;
    private final boolean isOfProcess;

    /** Creates a terminal over the given streams. */
    public Terminal(InputStream in, OutputStream out, OutputStream err, TerminalTraits traits) {
        this(in, out, err, traits, false);
    }

    private Terminal(InputStream in, OutputStream out, OutputStream err, TerminalTraits traits, boolean isOfProcess) {
        this.isOfProcess = isOfProcess;
        this.in = requireNonNull(in, "in");
        this.output = new RememberingOutput(out);
        this.out = new PrintStream(output, false, UTF_8);
        this.err = new PrintStream(err, false, UTF_8);
        this.traits = requireNonNull(traits, "traits");
    }

    /** Returns the terminal of this process. */
    public static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)),
                TerminalTraits.ofProcess(System.getenv()),
                true);
    }

    /** Returns the standard input. */
    public InputStream in() {
        return in;
    }

    /** Returns all of the standard input, without white space at the end. */
    public String readAll() {
        try {
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the standard output. */
    public PrintStream out() {
        return out;
    }

    /** Returns the error stream. */
    public PrintStream err() {
        return err;
    }

    /** Returns which streams are terminals. */
    public TerminalTraits traits() {
        return traits;
    }

    /** Returns whether a person at a terminal of this process types the input and sees the messages. */
    public boolean isInteractive() {
        return isOfProcess && traits.input() && traits.error();
    }

    /** Returns the width in which results are shown, 0 for any. */
    public int width() {
        return traits.output() ? traits.columns() : 0;
    }

    /** Writes a table as a result, within the width of the terminal. */
    public void table(TextTable table) {
        table.lines(width()).forEach(this::result);
    }

    /** Removes the current line of the error stream. */
    public void eraseLine() {
        err.print("\r\u001b[K");
        err.flush();
    }

    /** Writes a line of the result. */
    public void result(String line) {
        write(line + "\n");
    }

    /** Clears the screen and shows lines of the result; where there is no screen, only writes them. */
    public void screen(List<String> lines) {
        if (traits.output()) {
            out.print(CLEAR_SCREEN);
        }
        write(String.join("\n", lines) + "\n");
    }

    /** Begins to show results on a screen of their own; the terminal must be one. Closing it brings back what the terminal showed before. */
    public FullScreen fullScreen() {
        return new FullScreen();
    }

    /**
     * Writes a part of the result and flushes it.
     *
     * @throws OutputClosedException if the reader of the output has closed it
     * @throws OutputFailedException if the output cannot be written for another reason, such as a full disk
     */
    public void write(String text) {
        out.print(traits.output() ? withoutControls(text) : text);
        // checkError flushes, and is the only way to detect a failure
        if (out.checkError()) {
            throw output.toException();
        }
    }

    /** Writes a line to the error stream, broken between words at the margin of a terminal. */
    public void note(String line) {
        note("", Style.PLAIN, line);
    }

    /** Writes a line as the other method does, with a beginning in a style of its own. */
    public void note(String begin, Style style, String line) {
        String whole = begin + line;
        boolean fits = !traits.error() || whole.length() <= traits.columns() || traits.columns() < WordWrap.NARROWEST;
        String shown = fits ? whole : whole.lines().map(this::wrapped).collect(Collectors.joining("\n"));
        hint(begin, style);
        hint(shown.substring(begin.length()) + "\n", Style.PLAIN);
    }

    /** Returns a line broken between words; what follows is indented as the line is. */
    private String wrapped(String line) {
        String text = line.stripLeading();
        String indent = line.substring(0, line.length() - text.length());
        WordWrap wrap = new WordWrap(traits.columns() - indent.length());
        return (wrap.add(text) + wrap.end()).lines().map(each -> indent + each).collect(Collectors.joining("\n"));
    }

    /** Writes text to the error stream without ending the line. */
    public void hint(String text, Style style) {
        err.print(style.apply(traits.error() ? withoutControls(text) : text, hasColour()));
        err.flush();
    }

    /** Replaces the current line of the error stream. */
    public void redraw(String line) {
        err.print("\r" + withoutControls(line) + "\u001b[K");
        err.flush();
    }

    /** Flushes both output streams. */
    public void flush() {
        out.flush();
        err.flush();
    }

    private boolean hasColour() {
        return traits.error() && traits.colour();
    }

    private static String withoutControls(String text) {
        if (text.chars().noneMatch(Terminal::isControl)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(character -> clean.append(isControl(character) ? '\ufffd' : (char) character));
        return clean.toString();
    }

    private static boolean isControl(int character) {
        return (character < ESCAPE_LIMIT && character != '\n' && character != '\t')
                || (character >= DELETE && character <= LAST_C1_CONTROL);
    }

    /** A screen of its own for results, which is drawn as a whole. */
    public final class FullScreen implements AutoCloseable {

        private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l"; // lines end at the margin, also of a window that was made smaller
        private static final String HOME = "\u001b[H";
        private static final String END_OF_LINE = "\u001b[K";
        private static final String END_OF_SCREEN = "\u001b[J";
        private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";

        private FullScreen() {
            out.print(ENTER);
        }

        /**
         * Shows lines, as many as there is room for and as far as they fit, in place of all that was there.
         *
         * @throws OutputClosedException if the terminal is gone
         */
        public void draw(List<String> lines) {
            int room = Math.min(lines.size(), traits.rows() > 0 ? traits.rows() : lines.size());
            StringBuilder screen = new StringBuilder(HOME);
            for (int row = 1; row <= room; row++) { // each line has its place, so that nothing scrolls in a window that was made smaller
                screen.append(row == 1 ? "" : "\u001b[" + row + ";1H").append(withoutControls(lines.get(row - 1))).append(END_OF_LINE);
            }
            out.print(screen + END_OF_SCREEN);
            if (out.checkError()) {
                throw output.toException();
            }
        }

        @Override
        public void close() {
            out.print(LEAVE);
            out.flush();
        }
    }

    /** The style of a text on a terminal with colours. */
    public enum Style {
        PLAIN(""),
        DIM("\u001b[2m"),
        BOLD("\u001b[1m"),
        ERROR("\u001b[31m");

        private static final String RESET = "\u001b[0m";

        private final String start;

        Style(String start) {
            this.start = start;
        }

        private String apply(String text, boolean colour) {
            return !colour || start.isEmpty() ? text : start + text + RESET;
        }
    }

    /** The reader of the output has closed it, as in {@code paddock chat ... | head -1}. */
    public static final class OutputClosedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutputClosedException() {
            super("the output was closed");
        }
    }

    /** The output cannot be written, as when the disk is full. */
    public static final class OutputFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OutputFailedException(String reason) {
            super("the output cannot be written: " + reason);
        }
    }
}
