package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller decides about one call before it starts: its deadline, the means to cancel it, and further attributes, of which
 * {@link CallAttributes} has those that Paddock knows. Immutable: each {@code with...} method returns another context, which keeps
 * everything else, attributes unknown to it included.
 */
public final class CallContext {

    private final @Nullable Deadline deadline;
    private final Cancellation cancellation;
    private final @Nullable Attribute newest; // few are set, and most are asked for in each call

    private CallContext(@Nullable Deadline deadline, Cancellation cancellation, @Nullable Attribute newest) {
        this.deadline = deadline;
        this.cancellation = requireNonNull(cancellation, "cancellation");
        this.newest = newest;
    }

    /** Returns a context without a deadline or attributes and with a cancellation of its own. */
    public static CallContext create() {
        return new CallContext(null, Cancellation.create(), null);
    }

    /**
     * Returns a context whose call must end within the given time from now.
     *
     * @param limit positive
     * @param ticker what the time is measured with, {@code System::nanoTime} in production
     */
    public static CallContext within(Duration limit, Ticker ticker) {
        return create().withDeadline(Deadline.after(limit, ticker));
    }

    /** Returns the moment by which the whole call must have ended, or null for no such limit. */
    public @Nullable Deadline deadline() {
        return deadline;
    }

    /** Returns the means to cancel the call in any phase. */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Returns the value of an attribute, or null when it was not set. */
    @SuppressWarnings("unchecked") // with() takes values of the key's type only
    public <T> @Nullable T get(Key<T> key) {
        for (Attribute attribute = newest; attribute != null; attribute = attribute.older) {
            if (attribute.key == key) {
                return (T) attribute.value;
            }
        }
        return null;
    }

    /** Returns this context with the given attribute. */
    public <T> CallContext with(Key<T> key, T value) {
        requireNonNull(key, "key");
        requireNonNull(value, "value");
        return new CallContext(deadline, cancellation, new Attribute(key, value, without(key, newest)));
    }

    /** Returns this context with the given deadline, null for none. */
    public CallContext withDeadline(@Nullable Deadline newDeadline) {
        return new CallContext(newDeadline, cancellation, newest);
    }

    /** Returns this context with the given cancellation. */
    public CallContext withCancellation(Cancellation newCancellation) {
        return new CallContext(deadline, newCancellation, newest);
    }

    /**
     * Returns a context with the same attributes, no deadline and a cancellation of its own: for a call that serves several
     * callers and must not end with one of them.
     */
    public CallContext detached() {
        return new CallContext(null, Cancellation.create(), newest);
    }

    /** Returns the names of the attributes; their values may be secrets. */
    @Override
    public String toString() {
        List<Key<?>> keys = new ArrayList<>();
        for (Attribute attribute = newest; attribute != null; attribute = attribute.older) {
            keys.add(attribute.key);
        }
        return "CallContext" + keys;
    }

    /** Returns the attributes without that of a key: the same ones when there is none. */
    private static @Nullable Attribute without(Key<?> key, @Nullable Attribute attributes) {
        if (attributes == null || attributes.key == key) {
            return attributes == null ? null : attributes.older;
        }
        Attribute older = without(key, attributes.older);
        return older == attributes.older ? attributes : new Attribute(attributes.key, attributes.value, older);
    }

    /** One attribute of a chain; keys and attributes are compared by their identity. */
    private static final class Attribute {

        private final Key<?> key;
        private final Object value;
        private final @Nullable Attribute older;

        Attribute(Key<?> key, Object value, @Nullable Attribute older) {
            this.key = key;
            this.value = value;
            this.older = older;
        }
    }

    /**
     * The key of an attribute. Two keys are never equal, whatever their names are, so that attributes of different libraries cannot
     * collide.
     *
     * @param <T> the type of the attribute; its values should be immutable
     */
    @SuppressWarnings("UnusedTypeParameter") // it is the type that with() and get() check
    public static final class Key<T> {

        private final String name;

        private Key(String name) {
            this.name = requireNonNull(name, "name");
        }

        /** Creates a key. */
        public static <T> Key<T> named(String name) {
            return new Key<>(name);
        }

        /** Returns the name of the key. */
        @Override
        public String toString() {
            return name;
        }
    }
}
