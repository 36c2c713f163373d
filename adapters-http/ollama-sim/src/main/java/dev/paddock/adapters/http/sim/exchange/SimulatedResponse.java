package dev.paddock.adapters.http.sim.exchange;

import dev.paddock.adapters.http.sim.format.ContentTypes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response that is not streamed.
 *
 * @param headers besides content type, date and framing; in the order in which they are sent
 */
public record SimulatedResponse(int status, String contentType, String body, Map<String, String> headers) {
    public static SimulatedResponse json(int status, String text) {
        return of(status, ContentTypes.JSON, text);
    }

    public static SimulatedResponse of(int status, String contentType, String text) {
        return new SimulatedResponse(status, contentType, text, Map.of());
    }

    public static SimulatedResponse empty(int status) {
        return of(status, "", "");
    }

    /** The same response with one more header. */
    public SimulatedResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SimulatedResponse(status, contentType, body, more);
    }
}
