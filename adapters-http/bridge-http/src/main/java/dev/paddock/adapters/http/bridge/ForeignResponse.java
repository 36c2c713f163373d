package dev.paddock.adapters.http.bridge;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Headers;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer for another library. One thread at a time reads; {@link #close()} may be called from any thread and stops a model that is still
 * answering.
 */
public final class ForeignResponse implements AutoCloseable {

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "trailer", "transfer-encoding", "upgrade");

    private final Exchange exchange;

    ForeignResponse(Exchange exchange) {
        this.exchange = requireNonNull(exchange, "exchange");
    }

    /** Returns the HTTP status. */
    public int status() {
        return exchange.head().status();
    }

    /** Returns whether the status is 2xx. */
    public boolean isSuccess() {
        return exchange.head().isSuccess();
    }

    /** Returns the fields of the head without those of the connection. */
    public Headers headers() {
        return new Headers(exchange.head().headers().fields().stream()
                .filter(field -> !OF_THE_CONNECTION.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    /** Returns the fields of the head by their names, whose case does not matter. */
    public Map<String, List<String>> headersByName() {
        Headers headers = headers();
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.fields().forEach(field -> byName.computeIfAbsent(field.name(), headers::all));
        return byName;
    }

    /**
     * Returns the next piece of the body, or null at its end. A stream comes line by line, or event by event.
     *
     * @throws dev.paddock.domain.error.LlmException if the answer breaks off, or was closed
     */
    public @Nullable Frame next() {
        return exchange.next();
    }

    /** Returns the body as a stream, whose closing closes this answer. It throws a failure of the answer as an {@code IOException}. */
    public InputStream body() {
        return new FrameInputStream(this);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
