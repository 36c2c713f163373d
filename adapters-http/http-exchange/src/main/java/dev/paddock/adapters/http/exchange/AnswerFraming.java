package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.util.Locale;

/** Finds out how an answer is divided: by its type, if its lines or events are to be read at all. */
final class AnswerFraming {

    private AnswerFraming() {}

    static Framing of(ExchangeRequest request, TransportResponse response) {
        String contentType = response.headers().first("Content-Type");
        boolean unreadable = response.status() >= 300 || isEncoded(response.headers());
        // What ends the stream of an operation that nobody knows is not known either, so that none could be found truncated.
        if (contentType == null || unreadable || request.operation() == Operation.OTHER) {
            return Framing.DOCUMENT;
        }
        return switch (mediaType(contentType)) {
            case "application/x-ndjson" -> Framing.LINES;
            case "text/event-stream" -> Framing.EVENTS;
            default -> Framing.DOCUMENT;
        };
    }

    private static boolean isEncoded(Headers headers) {
        String encoding = headers.first("Content-Encoding");
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaType.strip().toLowerCase(Locale.ROOT);
    }
}
