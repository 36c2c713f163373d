package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.Headers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads how urgent a request is from {@code X-Paddock-Priority}: {@code interactive} or {@code batch}, in any case. */
public final class RequestPriority {

    /** The name of the header. */
    public static final String FIELD = "X-Paddock-Priority";

    private RequestPriority() {}

    /** Returns whether the header is absent or has a value that is known. */
    public static boolean isValid(Headers headers) {
        return !headers.contains(FIELD) || find(headers) != null;
    }

    /**
     * Returns the priority of a request. A client can lower the priority of its caller, and cannot raise it.
     *
     * @param ofCaller the priority of all requests of the caller
     */
    public static Priority of(Headers headers, Priority ofCaller) {
        return find(headers) == Priority.BATCH ? Priority.BATCH : ofCaller;
    }

    private static @Nullable Priority find(Headers headers) {
        List<String> values = headers.all(FIELD);
        if (values.size() != 1) {
            return null;
        }
        return switch (values.getFirst().strip().toLowerCase(Locale.ROOT)) {
            case "interactive" -> Priority.INTERACTIVE;
            case "batch" -> Priority.BATCH;
            default -> null;
        };
    }
}
