package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Cancellation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a person types into a conversation. Not thread-safe. */
interface ChatInput extends AutoCloseable {

    /** The mark around an input of several lines. */
    String BLOCK = "\"\"\"";

    /**
     * Returns the next input: a line, or several lines with {@link #BLOCK} around them.
     *
     * @return null at the end of the input
     * @throws InputInterruptedException if the person discards the line with Ctrl-C
     */
    @Nullable String next();

    /** Lets Ctrl-C cancel an answer, instead of the whole conversation, until the returned registration is closed. */
    default Interruptible interruptible(Cancellation answer) {
        return () -> {};
    }

    @Override
    default void close() {}

    /** Returns whether a block of several lines has begun and not ended. */
    static boolean isOpenBlock(String text) {
        String stripped = text.strip();
        return stripped.startsWith(BLOCK) && (stripped.length() < 2 * BLOCK.length() || !stripped.endsWith(BLOCK));
    }

    /** Returns the text of an input, without the marks around a block. */
    static String text(String input) {
        String stripped = input.strip();
        boolean isBlock = stripped.length() >= 2 * BLOCK.length() && stripped.startsWith(BLOCK) && stripped.endsWith(BLOCK);
        return isBlock ? stripped.substring(BLOCK.length(), stripped.length() - BLOCK.length()).strip() : input;
    }

    /** The time during which Ctrl-C cancels an answer. */
    interface Interruptible extends AutoCloseable {
        @Override
        void close();
    }

    /** The person discards what was typed. */
    final class InputInterruptedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final boolean hadText;

        /** Creates it; the flag says whether there was anything to discard. */
        InputInterruptedException(boolean hadText) {
            super("interrupted", null, false, false);
            this.hadText = hadText;
        }

        boolean hadText() {
            return hadText;
        }
    }

    /** The lines of a stream. */
    final class PlainInput implements ChatInput {

        private final Runnable prompt;
        private final BufferedReader lines;

        /**
         * Creates an input.
         *
         * @param prompt shows that a line is expected
         */
        PlainInput(InputStream in, Runnable prompt) {
            this.prompt = requireNonNull(prompt, "prompt");
            this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        @Override
        public @Nullable String next() {
            prompt.run();
            try {
                String text = lines.readLine();
                while (text != null && isOpenBlock(text)) {
                    String line = lines.readLine();
                    if (line == null) {
                        return text;
                    }
                    text += "\n" + line;
                }
                return text;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
