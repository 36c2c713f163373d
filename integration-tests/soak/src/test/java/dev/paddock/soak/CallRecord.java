package dev.paddock.soak;

import dev.paddock.domain.error.LlmException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller saw of one call.
 *
 * @param call its number
 * @param failure how it failed, or null when it brought an answer
 * @param answer the text that was handed to the caller, whole or not
 * @param elapsed the time from its start to its end
 * @param interrupted whether the caller cancelled it or gave it next to no time
 */
record CallRecord(int call, @Nullable LlmException failure, String answer, Duration elapsed, boolean interrupted) {

    /** Returns the outcome in one word. */
    String outcome() {
        return failure == null ? "ok" : failure.kind().label();
    }

    /** Returns the number of attempts that the caller knows, or -1 when the answer does not contain it. */
    int attempts() {
        return failure == null ? -1 : failure.facts().attempts();
    }
}
