package dev.paddock.adapters.http.sim.recording;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A request as the simulator received it. Immutable.
 *
 * @param method such as {@code POST}
 * @param target path and query as sent
 * @param version such as {@code HTTP/1.1}
 * @param headers in the order and with the case in which they came
 * @param body as UTF-8 text; empty when there was none
 * @param connection the number of its connection, from 1
 * @param number its number on that connection, from 1
 */
public record RecordedRequest(
        String method, String target, String version, List<HeaderField> headers, String body, long connection,
        long number) {
    public RecordedRequest {
        requireNonNull(method, "method");
        requireNonNull(target, "target");
        requireNonNull(version, "version");
        headers = List.copyOf(headers);
        requireNonNull(body, "body");
    }

    /** One header field as sent. */
    public record HeaderField(String name, String value) { }

    /** The path without query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(HeaderField::value)
            .findFirst();
    }
}
