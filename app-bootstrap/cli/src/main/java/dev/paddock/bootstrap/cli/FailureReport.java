package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import java.util.Arrays;
import java.util.Collection;

/**
 * Tells the user of a failed command: in words or, with {@code --json}, as one JSON object; always on the error
 * stream.
 */
final class FailureReport {

    private final Terminal terminal;
    private final boolean json;
    private final boolean debug;

    private FailureReport(Terminal terminal, boolean json, boolean debug) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.json = json;
        this.debug = debug;
    }

    /**
     * Returns the report that the arguments ask for; they are looked through as they stand, since they may make no
     * sense.
     */
    static FailureReport forArguments(Terminal terminal, String... arguments) {
        Collection<String> options =
                Arrays.stream(arguments).takeWhile(argument -> !argument.equals("--")).toList();
        return new FailureReport(
                terminal, options.contains(CommonOptions.JSON), options.contains(CommonOptions.DEBUG));
    }

    /** Tells of a failure and returns the exit status. */
    int print(Throwable cause) {
        CommandFailure failure = CommandFailure.of(cause);
        if (failure.status() != ExitStatus.OUTPUT_CLOSED) {
            if (json) {
                terminal.note(toJson(failure));
            } else {
                tellInWords(failure);
            }
        }
        if (debug) {
            cause.printStackTrace(terminal.err());
        }
        terminal.flush();
        return failure.status().code();
    }

    private void tellInWords(CommandFailure failure) {
        terminal.hint("paddock: ", Style.ERROR);
        terminal.note(failure.words().message());
        if (!failure.tried().isEmpty()) {
            terminal.note("  " + failure.tried());
        }
        if (!failure.words().advice().isEmpty()) {
            terminal.note("  " + failure.words().advice());
        }
    }

    private static String toJson(CommandFailure failure) {
        ErrorFacts facts = failure.facts();
        JsonObjectBuilder error = new JsonObjectBuilder()
                .put("kind", failure.kind())
                .put("message", failure.words().message())
                .putText("advice", failure.words().advice())
                .put("exit_status", failure.status().code())
                .put("http_status", facts.status())
                .put("backend", facts.backend() == null ? null : facts.backend().value())
                .put("attempts", facts.attempts() == 0 ? null : facts.attempts())
                .putMillis("elapsed_ms", facts.elapsed())
                .putMillis("retry_after_ms", facts.retryAfter())
                .putText("text_received", facts.textReceived());
        return new JsonObjectBuilder().put("error", error.toMap()).toJson();
    }
}
