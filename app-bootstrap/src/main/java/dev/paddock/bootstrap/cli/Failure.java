package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine.ParameterException;

/**
 * A failed command as the user is told of it.
 *
 * @param status the exit status
 * @param kind a bounded label
 * @param message what happened
 * @param advice what to do, a line each; may be empty
 * @param facts what else is known
 */
record Failure(ExitStatus status, String kind, String message, List<String> advice, ErrorFacts facts) {

    private static final List<String> HELP = List.of("'paddock --help' lists the commands, 'paddock COMMAND --help' their options.");

    Failure {
        requireNonNull(status, "status");
        requireNonNull(kind, "kind");
        requireNonNull(message, "message");
        requireNonNull(facts, "facts");
        advice = List.copyOf(advice);
    }

    static Failure of(Throwable cause) {
        return switch (cause) {
            case LlmException failed -> of(failed);
            case ConfigurationException wrong ->
                new Failure(ExitStatus.CONFIGURATION, "configuration", text(wrong), List.of(), ErrorFacts.NONE);
            case UsageException wrong -> usage(wrong);
            case ParameterException wrong -> usage(wrong);
            case CommandFailedException failed ->
                new Failure(ExitStatus.FAILED, "failed", text(failed), List.of(failed.advice()), ErrorFacts.NONE);
            case OutputClosedException closed ->
                new Failure(ExitStatus.OUTPUT_CLOSED, "output_closed", text(closed), List.of(), ErrorFacts.NONE);
            default ->
                new Failure(
                        ExitStatus.DEFECT,
                        "defect",
                        "something went wrong inside Paddock: " + cause,
                        List.of("Please report it, with what --debug shows."),
                        ErrorFacts.NONE);
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

    private static Failure of(LlmException failed) {
        List<String> advice = new ArrayList<>();
        if (!failed.advice().isEmpty()) {
            advice.add(failed.advice());
        }
        return new Failure(
                ExitStatus.of(failed.kind()), failed.kind().label(), text(failed), advice, failed.facts());
    }

    private static Failure usage(RuntimeException wrong) {
        return new Failure(ExitStatus.USAGE, "usage", text(wrong), HELP, ErrorFacts.NONE);
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }
}
