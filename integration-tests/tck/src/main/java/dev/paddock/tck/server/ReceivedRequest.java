package dev.paddock.tck.server;

import java.util.List;

/**
 * A request as it stood on the wire.
 *
 * @param requestLine the first line
 * @param fields the header lines in order, untouched
 * @param body the body as text in UTF-8
 * @param connection the number of the connection it came over, counted from 1
 */
public record ReceivedRequest(String requestLine, List<String> fields, String body, int connection) {

    public ReceivedRequest {
        fields = List.copyOf(fields);
    }

    /** Returns the values of a field by its name, whatever its case. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(field -> field.substring(name.length() + 1).strip())
                .toList();
    }

    /** Returns the method. */
    public String method() {
        return requestLine.substring(0, requestLine.indexOf(' '));
    }

    /** Returns path and query as they stood on the wire. */
    public String target() {
        return requestLine.substring(requestLine.indexOf(' ') + 1, requestLine.lastIndexOf(' '));
    }
}
