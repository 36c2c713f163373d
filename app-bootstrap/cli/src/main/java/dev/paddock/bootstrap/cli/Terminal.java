package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * Where a command reads and writes. Results go to the output and nothing else does; all that is meant for the person in
 * front of it goes to the error stream. Text is UTF-8 whatever the locale. Thread-safe as far as its streams are.
 */
final class Terminal {

    private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";
    private static final int ESCAPE_LIMIT = ' ';
    private static final int DELETE = 0x7f;
    private static final int LAST_C1_CONTROL = 0x9f;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final TerminalTraits traits;

    Terminal(InputStream in, OutputStream out, OutputStream err, TerminalTraits traits) {
        this.in = requireNonNull(in, "in");
        this.out = new PrintStream(out, false, UTF_8);
        this.err = new PrintStream(err, false, UTF_8);
        this.traits = requireNonNull(traits, "traits");
    }

    static Terminal ofProcess() {
        return new Terminal(
                System.in,
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)),
                TerminalTraits.ofProcess(System.getenv()));
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    TerminalTraits traits() {
        return traits;
    }

    /** Writes a line of the result. */
    void result(String line) {
        write(line + "\n");
    }

    /** Shows lines of the result in place of what the screen showed, or after it where there is no screen. */
    void screen(List<String> lines) {
        if (traits.output()) {
            out.print(CLEAR_SCREEN);
        }
        write(String.join("\n", lines) + "\n");
    }

    /**
     * Writes a piece of the result; it is seen at once.
     *
     * @throws OutputClosedException if nobody reads the output any more
     */
    void write(String text) {
        out.print(traits.output() ? harmless(text) : text);
        // checkError flushes, and is the only way to learn of a closed pipe
        if (out.checkError()) {
            throw new OutputClosedException();
        }
    }

    /** Tells the person something, in a line. */
    void note(String line) {
        hint(line + "\n", Style.PLAIN);
    }

    /** Shows the person something without ending the line. */
    void hint(String text, Style style) {
        err.print(style.apply(traits.error() ? harmless(text) : text, hasColour()));
        err.flush();
    }

    /** Moves the cursor back to the beginning of the line on the error stream and shows something there. */
    void redraw(String line) {
        err.print("\r" + harmless(line) + "\u001b[K");
        err.flush();
    }

    void flush() {
        out.flush();
        err.flush();
    }

    private boolean hasColour() {
        return traits.error() && traits.colour();
    }

    // What models and servers say must not be able to steer a terminal.
    private static String harmless(String text) {
        if (text.chars().noneMatch(Terminal::isSteering)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(character -> clean.append(isSteering(character) ? '\ufffd' : (char) character));
        return clean.toString();
    }

    private static boolean isSteering(int character) {
        return (character < ESCAPE_LIMIT && character != '\n' && character != '\t')
                || (character >= DELETE && character <= LAST_C1_CONTROL);
    }
}
