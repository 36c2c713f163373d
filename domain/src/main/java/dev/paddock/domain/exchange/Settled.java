package dev.paddock.domain.exchange;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has become of something that was begun and not waited for: a value, or the exception instead of it. Immutable.
 *
 * @param <T> the type of the value
 */
public final class Settled<T> {

    private final @Nullable T value;
    private final @Nullable Throwable failure;

    private Settled(@Nullable T value, @Nullable Throwable failure) {
        this.value = value;
        this.failure = failure;
    }

    /** Runs what brings the value, or the exception, about. */
    public static <T> Settled<T> by(Supplier<? extends T> action) {
        try {
            return new Settled<>(action.get(), null);
        } catch (RuntimeException | Error thrown) {
            return new Settled<>(null, thrown);
        }
    }

    /** Begins something that will be settled; what it throws instead settles it at once. */
    public static <T> void begin(Consumer<? super Settled<T>> end, Runnable beginning) {
        try {
            beginning.run();
        } catch (RuntimeException | Error thrown) {
            end.accept(new Settled<>(null, thrown));
        }
    }

    /** Returns whether there is a value. */
    public boolean isValue() {
        return value != null;
    }

    /** Returns the value, or throws the exception, each time the same. */
    public T get() {
        if (value == null) {
            ForwardEnd.rethrow(failure);
            throw new IllegalStateException("neither a value nor an exception");
        }
        return value;
    }
}
