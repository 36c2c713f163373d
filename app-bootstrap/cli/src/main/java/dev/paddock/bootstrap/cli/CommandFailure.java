package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.FailureAdvice;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.ParameterException;

/**
 * A failed command as the user is told of it.
 *
 * @param status the exit status
 * @param kind a bounded label
 * @param words what the user reads
 * @param facts what else is known
 */
record CommandFailure(ExitStatus status, String kind, FailureMessage words, ErrorFacts facts) {

    private static final String HELP = "'paddock --help' lists the commands, 'paddock COMMAND --help' their options.";

    CommandFailure {
        requireNonNull(status, "status");
        requireNonNull(kind, "kind");
        requireNonNull(words, "words");
        requireNonNull(facts, "facts");
    }

    static CommandFailure of(Throwable cause) {
        return switch (cause) {
            case LlmException failed -> of(failed, FailureAdvice.of(failed));
            case ConfigurationException wrong ->
                of(ExitStatus.CONFIGURATION, "configuration", new FailureMessage(text(wrong), ""));
            case UsageException wrong -> of(ExitStatus.USAGE, "usage", new FailureMessage(text(wrong), HELP));
            case ParameterException wrong -> of(ExitStatus.USAGE, "usage", new FailureMessage(text(wrong), HELP));
            case CommandFailedException failed -> of(failed);
            case OutputClosedException closed ->
                of(ExitStatus.OUTPUT_CLOSED, "output_closed", new FailureMessage(text(closed), ""));
            default ->
                of(
                        ExitStatus.DEFECT,
                        "defect",
                        new FailureMessage(
                                "something went wrong inside Paddock: " + cause,
                                "Please report it, with what --debug shows."));
        };
    }

    /** Returns what was tried, in words; empty when the call did not leave the process. */
    String tried() {
        if (facts.backend() == null || facts.attempts() == 0) {
            return "";
        }
        StringJoiner details = new StringJoiner(", ", " (", ")");
        details.add(facts.attempts() == 1 ? "one attempt" : facts.attempts() + " attempts");
        Duration elapsed = facts.elapsed();
        if (elapsed != null) {
            details.add(String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1e3));
        }
        return "Tried: " + facts.backend() + details;
    }

    private static CommandFailure of(CommandFailedException failed) {
        LlmException call = failed.failure();
        return call == null
                ? of(ExitStatus.FAILED, "failed", new FailureMessage(text(failed), failed.advice()))
                : of(call, failed.advice());
    }

    private static CommandFailure of(LlmException failed, String advice) {
        return new CommandFailure(
                ExitStatus.of(failed.kind()),
                failed.kind().label(),
                new FailureMessage(text(failed), advice),
                failed.facts());
    }

    private static CommandFailure of(ExitStatus status, String kind, FailureMessage words) {
        return new CommandFailure(status, kind, words, ErrorFacts.NONE);
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }

    /**
     * What the user reads.
     *
     * @param message what happened
     * @param advice what to do, may be empty
     */
    record FailureMessage(String message, String advice) {

        FailureMessage {
            requireNonNull(message, "message");
            requireNonNull(advice, "advice");
        }
    }
}
