package dev.paddock.bootstrap.cli.terminal;

import dev.paddock.bootstrap.cli.terminal.Terminal.OutputClosedException;
import dev.paddock.bootstrap.cli.terminal.Terminal.OutputFailedException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An output that remembers why it could not be written, which a {@link java.io.PrintStream} does not tell. Not thread-safe. */
final class RememberingOutput extends FilterOutputStream {

    private @Nullable IOException failure;

    RememberingOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
        remembering(() -> out.write(bytes, start, length));
    }

    @Override
    public void flush() throws IOException {
        remembering(out::flush);
    }

    private void remembering(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException failed) {
            failure = failed;
            throw failed;
        }
    }

    /** Returns the failure for the command. Systems and languages have different messages for a closed pipe; all contain this word. */
    RuntimeException toException() {
        String message = failure == null ? null : failure.getMessage();
        return message == null || message.toLowerCase(Locale.ROOT).contains("pipe")
                ? new OutputClosedException()
                : new OutputFailedException(message);
    }

    private interface Step {
        void run() throws IOException;
    }
}
