package dev.paddock.adapters.http.sim.recording;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A request as the simulator received it. Immutable.
 *
 * @param line its first line
 * @param headers in the order and with the case in which they came
 * @param body as UTF-8 text; empty when there was none
 * @param origin the connection it came on
 */
public record RecordedRequest(Line line, List<HeaderField> headers, String body, RequestOrigin origin) {
    public RecordedRequest {
        requireNonNull(line, "line");
        headers = List.copyOf(headers);
        requireNonNull(body, "body");
        requireNonNull(origin, "origin");
    }

    /**
     * The request line.
     *
     * @param method such as {@code POST}
     * @param target path and query as sent
     * @param version such as {@code HTTP/1.1}
     */
    public record Line(String method, String target, String version) { }

    /** One header field as sent. */
    public record HeaderField(String name, String value) { }

    /**
     * Where a request came from.
     *
     * @param connection the number of its connection, from 1
     * @param request its number on that connection, from 1
     */
    public record RequestOrigin(long connection, long request) { }

    /** The method. */
    public String method() {
        return line.method();
    }

    /** The path without query. */
    public String path() {
        int query = line.target().indexOf('?');
        return query < 0 ? line.target() : line.target().substring(0, query);
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(HeaderField::value).findFirst();
    }
}
