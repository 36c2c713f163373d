package dev.paddock.domain.time;

/**
 * A monotonic source of nanoseconds with an arbitrary origin; {@code System::nanoTime} in production.
 *
 * <p>The core never reads a clock itself, so that a test can hold time in its hand. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Ticker {

    /** Returns the nanoseconds passed since an arbitrary origin; only differences between two readings mean anything. */
    long nanos();
}
