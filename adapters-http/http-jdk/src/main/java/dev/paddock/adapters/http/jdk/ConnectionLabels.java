package dev.paddock.adapters.http.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the names of connections, which the JDK tells with a response since release 25. */
final class ConnectionLabels {

    private static final @Nullable MethodHandle LABEL = find();

    private ConnectionLabels() {}

    /** Returns the name of the connection that a response came over, or null when it is not told. */
    static @Nullable String of(HttpResponse<?> response) {
        if (LABEL == null) {
            return null;
        }
        try {
            Optional<?> label = (Optional<?>) LABEL.invoke(response);
            return label.map(Object::toString).orElse(null);
        } catch (Throwable impossible) {
            throw new IllegalStateException("A label could not be read", impossible);
        }
    }

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(HttpResponse.class, "connectionLabel", MethodType.methodType(Optional.class));
        } catch (NoSuchMethodException | IllegalAccessException older) {
            return null;
        }
    }
}
