package dev.paddock.domain.admission;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallAttributes.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for admission. It is in one queue at most. Two calls are never equal.
 *
 * @param <T> what is known of the call elsewhere
 */
public final class QueuedCall<T> {

    private final T value;
    private final @Nullable String caller;
    private final int weight;
    private final Priority priority;
    private final long bytes;
    private final long expiryNanos;

    /**
     * Creates a call.
     *
     * @param value what is known of the call elsewhere
     * @param caller its caller, or null if it is unknown; such calls count as those of one caller
     * @param weight the share of the caller relative to others, 1 to 100
     * @param priority its band
     * @param bytes how much memory it needs while it waits, zero or more
     * @param expiryNanos when it is not wanted any more, as the ticker of the queue gives it
     */
    public QueuedCall(T value, @Nullable String caller, int weight, Priority priority, long bytes, long expiryNanos) {
        this.value = requireNonNull(value, "value");
        this.caller = caller;
        this.weight = Math.clamp(weight, 1, 100);
        this.priority = requireNonNull(priority, "priority");
        this.bytes = Math.max(0, bytes);
        this.expiryNanos = expiryNanos;
    }

    /** Returns what is known of the call elsewhere. */
    public T value() {
        return value;
    }

    /** Returns its caller, or null if it is unknown. */
    public @Nullable String caller() {
        return caller;
    }

    int weight() {
        return weight;
    }

    /** Returns its band. */
    public Priority priority() {
        return priority;
    }

    long bytes() {
        return bytes;
    }

    /** Returns how long it may still wait, in nanoseconds; negative when it is not wanted any more. */
    public long remainingNanos(long nowNanos) {
        return expiryNanos - nowNanos;
    }

    /** Returns whether it is not wanted any more. */
    public boolean isExpired(long nowNanos) {
        return remainingNanos(nowNanos) <= 0;
    }
}
