package dev.paddock.domain.model;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the server keeps a model in memory after its last use. The last explicit value sticks to the loaded model.
 *
 * @param duration zero unloads the model right after the answer; null keeps it for ever
 */
public record KeepAlive(@Nullable Duration duration) {

    public KeepAlive {
        if (duration != null && duration.isNegative()) {
            throw new InvalidRequestException("keep-alive must not be negative; use KeepAlive.forever()", ErrorFacts.NONE);
        }
    }

    /** Returns a keep-alive of the given time, zero or more. */
    public static KeepAlive of(Duration duration) {
        return new KeepAlive(duration);
    }

    /** Returns the keep-alive that never lets the model go. */
    public static KeepAlive forever() {
        return new KeepAlive(null);
    }
}
