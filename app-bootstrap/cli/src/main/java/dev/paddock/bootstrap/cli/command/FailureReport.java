package dev.paddock.bootstrap.cli.command;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.FailureAdvice;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.Terminal.OutputClosedException;
import dev.paddock.bootstrap.cli.terminal.Terminal.OutputFailedException;
import dev.paddock.bootstrap.cli.terminal.Terminal.Style;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import picocli.CommandLine.ParameterException;

/** Reports the failure of a command on the error stream: as text or, with {@code --json}, as one JSON object. */
public final class FailureReport {

    private static final String HELP = "'paddock --help' lists the commands, 'paddock COMMAND --help' their options.";

    private final Terminal terminal;
    private final boolean json;
    private final boolean debug;

    private FailureReport(Terminal terminal, boolean json, boolean debug) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.json = json;
        this.debug = debug;
    }

    /** Returns the report that the arguments ask for. The arguments are not parsed, since they may be invalid. */
    public static FailureReport forArguments(Terminal terminal, String... arguments) {
        Collection<String> options =
                Arrays.stream(arguments).takeWhile(argument -> !argument.equals("--")).toList();
        return new FailureReport(
                terminal, options.contains(CommonOptions.JSON), options.contains(CommonOptions.DEBUG));
    }

    /** Reports a failure and returns the exit status. */
    public int print(Throwable cause) {
        CommandFailure failure = failure(cause);
        if (failure.status() != ExitStatus.OUTPUT_CLOSED) {
            if (json) {
                terminal.note(failure.toJson());
            } else {
                printText(failure);
            }
        }
        if (debug) {
            cause.printStackTrace(terminal.err());
        }
        terminal.flush();
        return failure.status().code();
    }

    private void printText(CommandFailure failure) {
        terminal.note("paddock: ", Style.ERROR, failure.message());
        if (failure.facts().backend() != null && failure.facts().attempts() > 0) {
            terminal.note("  " + tried(failure.facts()));
        }
        if (!failure.advice().isEmpty()) {
            terminal.note("  " + failure.advice());
        }
    }

    private static String tried(ErrorFacts facts) {
        String attempts = facts.attempts() == 1 ? "one attempt" : facts.attempts() + " attempts";
        Duration elapsed = facts.elapsed();
        String time = elapsed == null ? "" : String.format(Locale.ROOT, ", %.1f s", elapsed.toMillis() / 1e3);
        return "Tried: " + facts.backend() + " (" + attempts + time + ")";
    }

    private static CommandFailure failure(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case LlmException failed -> ofCall(failed, FailureAdvice.of(failed));
            case ConfigurationException invalid -> of(ExitStatus.CONFIGURATION, "configuration", message, "");
            case UsageException wrong -> of(ExitStatus.USAGE, "usage", message, HELP);
            case ParameterException wrong -> of(ExitStatus.USAGE, "usage", UsageMessage.of(wrong), UsageMessage.advice(wrong, HELP));
            case CommandFailedException failed ->
                failed.failure() == null
                        ? of(ExitStatus.FAILED, "failed", message, failed.advice())
                        : ofCall(failed.failure(), failed.advice());
            case DocumentException failed -> of(ExitStatus.FAILED, failed.failure().name().toLowerCase(Locale.ROOT), message, "");
            case OutputClosedException closed -> of(ExitStatus.OUTPUT_CLOSED, "output_closed", message, "");
            case OutputFailedException failed ->
                of(ExitStatus.OUTPUT_FAILED, "output_failed", message, "The result is incomplete. Check the free space of the file system.");
            default ->
                of(
                        ExitStatus.DEFECT,
                        "defect",
                        "an unexpected error inside Paddock: " + cause,
                        "Please report it with the output of --debug.");
        };
    }

    private static CommandFailure ofCall(LlmException failed, String advice) {
        return new CommandFailure(
                ExitStatus.of(failed.kind()),
                failed.kind().label(),
                String.valueOf(failed.getMessage()),
                advice,
                failed.facts());
    }

    private static CommandFailure of(ExitStatus status, String kind, String message, String advice) {
        return new CommandFailure(status, kind, message, advice, ErrorFacts.NONE);
    }

    /**
     * The failure of a command.
     *
     * @param status the exit status
     * @param kind a bounded label
     * @param message what happened
     * @param advice what the user can do, may be empty
     * @param facts further facts about a failed call
     */
    private record CommandFailure(ExitStatus status, String kind, String message, String advice, ErrorFacts facts) {

        String toJson() {
            JsonObjectBuilder error = new JsonObjectBuilder()
                    .put("kind", kind)
                    .put("message", message)
                    .putText("advice", advice)
                    .put("exit_status", status.code())
                    .put("http_status", facts.status())
                    .put("backend", facts.backend() == null ? null : facts.backend().value())
                    .put("attempts", facts.attempts() == 0 ? null : facts.attempts())
                    .putMillis("elapsed_ms", facts.elapsed())
                    .putMillis("retry_after_ms", facts.retryAfter())
                    .putText("text_received", facts.textReceived());
            return new JsonObjectBuilder().put("error", error.toMap()).toJson();
        }
    }
}
