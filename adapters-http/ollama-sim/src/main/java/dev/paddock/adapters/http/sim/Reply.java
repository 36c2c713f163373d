package dev.paddock.adapters.http.sim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response that is not streamed.
 *
 * @param headers besides content type, date and framing; in the order in which they are sent
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
    static Reply json(int status, String text) {
        return of(status, ContentTypes.JSON, text);
    }

    static Reply of(int status, String contentType, String text) {
        return new Reply(status, contentType, text, Map.of());
    }

    static Reply empty(int status) {
        return new Reply(status, "", "", Map.of());
    }

    Reply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, body, more);
    }
}
