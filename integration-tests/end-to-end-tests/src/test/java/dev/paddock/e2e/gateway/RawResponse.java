package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it stood on the wire.
 *
 * @param statusLine the first line
 * @param fields the header lines
 * @param bytes the body without its chunking
 * @param whole whether it ended as its framing says that it ends
 */
record RawResponse(String statusLine, List<String> fields, byte[] bytes, boolean whole) {

    RawResponse with(byte[] newBytes, boolean newWhole) {
        return new RawResponse(statusLine, fields, newBytes, newWhole);
    }

    int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    String body() {
        return new String(bytes, UTF_8);
    }

    @Nullable String first(String name) {
        return all(name).stream().findFirst().orElse(null);
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(field -> field.substring(name.length() + 1).strip())
                .toList();
    }
}
