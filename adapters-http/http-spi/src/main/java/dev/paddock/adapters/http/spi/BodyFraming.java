package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of a response tell of the end of its body (RFC 9112, section 6.3): for transports whose library is content with
 * less. Two answers to that question, or one that is not understood, are an attack or a fault.
 */
public final class BodyFraming {

    private BodyFraming() {}

    /** Returns what is wrong with the fields, as a message without content of the response, or null when nothing is. */
    public static @Nullable String violation(Headers headers) {
        List<String> lengths = headers.all("Content-Length");
        List<String> codings = headers.all("Transfer-Encoding");
        if (lengths.size() + codings.size() > 1) {
            return "Conflicting framing of the body";
        }
        if (!lengths.isEmpty() && headers.contentLength() == Headers.UNKNOWN_LENGTH) {
            return "Invalid Content-Length";
        }
        return codings.isEmpty() || codings.getFirst().equalsIgnoreCase("chunked") ? null : "Unknown Transfer-Encoding";
    }
}
