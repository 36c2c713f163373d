package dev.paddock.adapters.http.okhttp;

import dev.paddock.domain.exchange.Headers;
import java.util.Arrays;
import java.util.List;

/** Fields whose values are lists, which may be spread over several fields of the same name (RFC 9110, section 5.3). */
final class HeaderList {

    private HeaderList() {}

    /** Returns the elements of a list, without the spaces around them. */
    static List<String> elements(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** Tells whether a list has an element, whatever its case. */
    static boolean contains(Headers headers, String name, String element) {
        return elements(headers, name).stream().anyMatch(element::equalsIgnoreCase);
    }
}
