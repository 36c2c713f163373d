package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the header fields that frame the body of a response (RFC 9112, section 6.3), for transports whose library accepts more.
 * Ambiguous or unknown framing is an attack or a fault.
 */
public final class BodyFraming {

    private BodyFraming() {}

    /** Returns a message about the violation, without content of the response, or null when there is none. */
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
