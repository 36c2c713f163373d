package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller decides about one call before it starts: by when it must end, and the means to stop it.
 *
 * @param deadline by when the whole call must have ended, or null for no such limit
 * @param cancellation stops the call in any phase
 */
public record CallContext(@Nullable Deadline deadline, Cancellation cancellation) {

    public CallContext {
        requireNonNull(cancellation, "cancellation");
    }

    /** Returns a context without a deadline and with a cancellation of its own. */
    public static CallContext create() {
        return new CallContext(null, Cancellation.create());
    }

    /**
     * Returns a context whose call must end within the given time from now.
     *
     * @param limit positive
     * @param ticker what the time is measured with, {@code System::nanoTime} in production
     */
    public static CallContext within(Duration limit, Ticker ticker) {
        return new CallContext(Deadline.after(limit, ticker), Cancellation.create());
    }

    /** Returns this context with the given cancellation. */
    public CallContext withCancellation(Cancellation newCancellation) {
        return new CallContext(deadline, newCancellation);
    }
}
